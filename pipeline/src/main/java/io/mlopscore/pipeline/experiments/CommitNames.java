package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The names people know commits by: the current branch, else a tag, else a branch.
record CommitNames(Git git) {
  Map<String, String> of(Iterable<String> commits) throws IOException {
    var names = read("refs/heads", "%(objectname) %(refname:lstrip=2)");
    names.putAll(
        read(
            "refs/tags",
            "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end) %(refname:lstrip=2)"));
    var current = git.branch();
    var head = git.find("HEAD");
    if (current.isPresent() && head.isPresent()) {
      names.put(head.get(), current.get());
    }
    var known = new LinkedHashMap<String, String>();
    for (var commit : commits) {
      var name = names.get(commit);
      if (name != null) {
        known.put(commit, name);
      }
    }
    return known;
  }

  private Map<String, String> read(String folder, String format) throws IOException {
    var names = new HashMap<String, String>();
    for (var line : git.lines("for-each-ref", "--sort=-refname", "--format=" + format, folder)) {
      int blank = line.indexOf(' ');
      names.put(line.substring(0, blank), line.substring(blank + 1));
    }
    return names;
  }
}
