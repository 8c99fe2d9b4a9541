package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.CommitSelection;
import io.mlopscore.pipeline.remote.GarbageCollection;
import io.mlopscore.pipeline.remote.GarbageCollection.Removal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops gc`: as `dvc gc`.
@Command(
    description = {
      "Removes objects that nothing in use needs.",
      "What the workspace uses stays always; the options tell what else stays."
    },
    mixinStandardHelpOptions = true)
public final class GcCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("(\\d+)([smhdw])");

  @Option(
      names = {"-w", "--workspace"},
      description = "Keep what the workspace uses, and nothing else.")
  private boolean workspace;

  @Option(names = "--rev", paramLabel = "COMMIT", description = "Keep the data of a revision.")
  private @Nullable String revision;

  @Option(
      names = {"-n", "--num"},
      paramLabel = "N",
      description = "With --rev or -a: so many commits back from there (1).")
  private @Nullable Integer number;

  @Option(
      names = {"-a", "--all-branches"},
      description = "Keep the data of the tips of all branches.")
  private boolean allBranches;

  @Option(
      names = {"-T", "--all-tags"},
      description = "Keep the data of all tags.")
  private boolean allTags;

  @Option(
      names = {"-A", "--all-commits"},
      description = "Keep the data of all commits.")
  private boolean allCommits;

  @Option(names = "--all-experiments", description = "Keep the data of all experiments.")
  private boolean allExperiments;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Keep the data of commits of this day and later.")
  private @Nullable String date;

  @Option(names = "--not-in-remote", description = "Keep only data that the remote lacks.")
  private boolean notInRemote;

  @Option(
      names = {"-c", "--cloud"},
      description = "Remove from the remote, too.")
  private boolean cloud;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "The remote that -c and --not-in-remote mean (the default one).")
  private @Nullable String remote;

  @Option(
      names = {"-f", "--force"},
      description = "Do not ask.")
  private boolean force;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many requests to a remote at a time.")
  private @Nullable Integer jobs;

  @Option(
      names = {"-p", "--projects"},
      arity = "0..*",
      paramLabel = "PATH",
      description = "Keep what these repositories use, which share the cache.")
  private List<Path> projects = List.of();

  @Option(names = "--dry", description = "Only list what would go.")
  private boolean dry;

  @Option(names = "--skip-failed", description = "Leave out revisions that cannot be read.")
  private boolean skipFailed;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Keep objects that came later than this long ago: 30m, 12h, 14d, 2w.")
  private @Nullable String olderThan;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var options = options();
    System.err.println("WARNING: " + warning());
    if (!force && !dry && !Prompt.confirm("Are you sure you want to proceed?", System.out)) {
      return 1;
    }
    var collection =
        new GarbageCollection(pipeline, options, Clock.systemUTC(), RemoteOptions::warn);
    collection.run().forEach(this::print);
    return 0;
  }

  private GarbageCollection.Options options() {
    requireScope();
    var kept =
        new CommitSelection(
            true,
            allBranches,
            allTags,
            allCommits,
            allExperiments,
            revision == null ? List.of() : List.of(revision),
            number == null ? 1 : number,
            Optional.ofNullable(date).map(GcCommand::day));
    return new GarbageCollection.Options(
        kept,
        projects,
        cloud,
        notInRemote,
        Optional.ofNullable(remote),
        jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
        olderThan == null ? Duration.ZERO : age(olderThan),
        skipFailed,
        dry);
  }

  private void requireScope() {
    boolean any = workspace || allBranches || allTags || allCommits || allExperiments;
    if (!any && date == null && revision == null && number == null) {
      throw new PipelineException(
          "nothing says what to keep: give at least one of -w, -a, -T, -A, --all-experiments,"
              + " --date and --rev");
    }
    if (remote != null && !cloud && !notInRemote) {
      throw new PipelineException("`--remote` requires `--cloud` or `--not-in-remote`");
    }
    if (notInRemote && cloud) {
      throw new PipelineException("`--not-in-remote` and `--cloud` are mutually exclusive");
    }
    if (number != null && revision == null && !allBranches) {
      throw new PipelineException("`--num` can only be used alongside `--rev` or `--all-branches`");
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new PipelineException("--date: '" + text + "' is no day like 2026-01-31", e);
    }
  }

  private static Duration age(String text) {
    var matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw new PipelineException("--older-than: '" + text + "' is no time like 12h or 14d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  private String warning() {
    var text = new StringBuilder("This will remove all cache except items used in the workspace");
    if (allCommits) {
      text.append(" and all git commits");
    } else {
      var last =
          number == null ? "all git branches" : "last " + number + " commits of all branches";
      text.append(allBranches ? " and " + last : "");
      text.append(allTags ? " and all git tags" : "");
      text.append(date == null ? "" : " and all git commits since " + date);
      text.append(revision == null ? "" : " and " + revision);
    }
    text.append(allExperiments ? " and all experiments" : "");
    text.append(notInRemote ? " that are not present in the remote" : "");
    text.append(projects.isEmpty() ? " of the current repo." : " of the current repo and of:");
    projects.forEach(project -> text.append("\n  - ").append(project.toAbsolutePath()));
    return text.toString();
  }

  private void print(Removal removal) {
    var count = removal.places().size();
    if (dry) {
      removal.places().forEach(place -> System.out.println("Removing " + place));
    }
    boolean away = removal.where().equals("remote");
    if (count == 0) {
      System.out.println(
          away
              ? "No unused cache to remove from remote."
              : "No unused '" + removal.where() + "' cache to remove.");
      return;
    }
    System.out.printf(
        "%s %d objects from %s%s%n",
        dry ? "Would remove:" : "Removed",
        count,
        away ? "remote." : removal.where() + " cache.",
        removal.bytes() > 0 ? " (" + Sizes.text(removal.bytes()) + ")" : "");
  }
}
