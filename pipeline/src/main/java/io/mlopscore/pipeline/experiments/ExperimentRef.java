package io.mlopscore.pipeline.experiments;

import java.util.List;
import java.util.Optional;

/// Where git keeps an experiment: `refs/exps/<ab>/<cdef…>/<name>`.
///
/// @param baseline the full hash of the commit it varies
record ExperimentRef(String baseline, String name) {
  static final String ROOT = "refs/exps";
  static final String APPLY_HEAD = ROOT + "/apply/ORIG_HEAD";
  static final String APPLY_STASH = ROOT + "/apply/stash";
  static final String EXEC_APPLY = ROOT + "/exec/EXEC_APPLY";
  static final String EXEC_BRANCH = ROOT + "/exec/EXEC_BRANCH";
  static final String TEMPORARY = ROOT + "/temp";

  private static final List<String> NOT_EXPERIMENTS =
      List.of("apply/", "celery/", "exec/", "temp/", "stash");
  private static final int FANOUT = 2;

  /// The experiment that a full ref name stands for; none for the refs kept for other purposes.
  static Optional<ExperimentRef> parse(String ref) {
    if (!ref.startsWith(ROOT + "/")) {
      return Optional.empty();
    }
    var rest = ref.substring(ROOT.length() + 1);
    var parts = rest.split("/", -1);
    if (parts.length != 3 || NOT_EXPERIMENTS.stream().anyMatch(rest::startsWith)) {
      return Optional.empty();
    }
    return Optional.of(new ExperimentRef(parts[0] + parts[1], parts[2]));
  }

  /// The full name of the ref.
  String ref() {
    return folder(baseline) + "/" + name;
  }

  /// Where all experiments of a commit are.
  static String folder(String baseline) {
    return ROOT + "/" + baseline.substring(0, FANOUT) + "/" + baseline.substring(FANOUT);
  }
}
