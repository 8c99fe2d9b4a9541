package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.ignore.IgnorePattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops check-ignore`: as `dvc check-ignore`.
@Command(
    description = "Shows which paths .dvcignore leaves out; exit code 1 when none.",
    mixinStandardHelpOptions = true)
public final class CheckIgnoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "What to look at.")
  private List<String> paths = List.of();

  @Option(
      names = {"-d", "--details"},
      description = "Show the line that decides about each path.")
  private boolean details;

  @Option(
      names = {"-n", "--non-matching"},
      description = "With --details: show paths about which no line decides, too.")
  private boolean others;

  @Option(
      names = {"-a", "--all"},
      hidden = true)
  private boolean all;

  @Option(names = "--stdin", description = "Read paths from standard input, one a line.")
  private boolean fromInput;

  @Override
  public Integer call() throws IOException {
    check();
    var repository = Repository.containing(Path.of(""));
    int code = 1;
    if (!fromInput) {
      for (var path : paths) {
        code = shown(repository, path) ? 0 : code;
      }
      return code;
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      code = shown(repository, line) ? 0 : code;
      System.out.flush();
    }
    return code;
  }

  private void check() {
    require(fromInput || !paths.isEmpty(), "paths are missing; name some, or use --stdin");
    require(!fromInput || paths.isEmpty(), "--stdin goes without paths");
    require(!others || details, "--non-matching needs --details");
    require(!all || details, "--all needs --details");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new PipelineException(message);
    }
  }

  /// Whether a line speaks about the path.
  private boolean shown(Repository repository, String path) throws IOException {
    var absolute = Path.of(path).toAbsolutePath().normalize();
    var found = repository.ignore().deciding(absolute, Files.isDirectory(absolute));
    if (details) {
      if (found.isPresent() || others) {
        System.out.println(found.map(IgnorePattern::source).orElse("::") + "\t" + path);
      }
      return found.isPresent();
    }
    boolean ignored = found.isPresent() && !found.get().negated();
    if (ignored) {
      System.out.println(path);
    }
    return ignored;
  }
}
