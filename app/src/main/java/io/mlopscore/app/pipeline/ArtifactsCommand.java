package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.ArtifactVersions;
import io.mlopscore.pipeline.remote.RepositoryImport;
import io.mlopscore.pipeline.remote.SourceRepository;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops artifacts`: as `dvc artifacts`.
@Command(
    description = "Gets what other repositories release.",
    mixinStandardHelpOptions = true,
    subcommands = ArtifactsCommand.Get.class)
public final class ArtifactsCommand {
  /// `mlops artifacts get`.
  @Command(
      name = "get",
      description = "Copies a version of an artifact that a dvc.yaml declares.",
      mixinStandardHelpOptions = true)
  static final class Get implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "A folder or a URL of git.")
    private String url = "";

    @Parameters(
        index = "1",
        paramLabel = "NAME",
        description = "Its name; in another dvc.yaml than that of the root, FOLDER:NAME.")
    private String name = "";

    @Option(names = "--rev", paramLabel = "VERSION", description = "A version (the newest).")
    private @Nullable String version;

    @Option(names = "--stage", paramLabel = "STAGE", description = "What a stage was given.")
    private @Nullable String stage;

    @Option(
        names = {"-o", "--out"},
        paramLabel = "PATH",
        description = "Where the copy goes (the last part of the artifact's path).")
    private String out = "";

    @Mixin private final CopyOptions copy = new CopyOptions();

    @Option(names = "--show-url", description = "Only print where the data is kept.")
    private boolean showUrl;

    @Mixin private final SourceSettingsOptions options = new SourceSettingsOptions();

    @Override
    public Integer call() throws IOException {
      if (version != null && stage != null) {
        throw new PipelineException("--rev and --stage are mutually exclusive");
      }
      var here = Path.of("").toAbsolutePath();
      try (var shown = new ProgressLine();
          var repository =
              SourceRepository.open(
                  address(Optional.empty()),
                  here,
                  Optional.empty(),
                  copy.jobs(),
                  shown.progress())) {
        var commit =
            new ArtifactVersions(repository.git())
                .find(name, Optional.ofNullable(version), Optional.ofNullable(stage));
        try (var released = repository.at(commit)) {
          var path = ArtifactVersions.path(released, name);
          if (showUrl) {
            System.out.println(released.url(path));
          } else {
            var target = RepositoryImport.target(here, path, out, copy.force());
            released.copy(path, target);
            System.out.printf("Downloaded '%s' to '%s'%n", path, here.relativize(target));
          }
        }
      }
      return 0;
    }

    private Address address(Optional<String> revision) {
      return new Address(url, revision, options.settings());
    }
  }
}
