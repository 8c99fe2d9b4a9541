package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.experiments.NewExperiments.Made;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A repository with one stage that copies a parameter, and one commit.
final class GitRepository {
  private static final ReproOptions FORCED = ReproOptions.DEFAULT.with(ReproOptions.Flag.FORCE);

  final Path root;
  final Git git;

  GitRepository(Path root) throws IOException {
    this.root = root;
    this.git = new Git(root);
    git.run("init", "--quiet", "--initial-branch=main");
    git.run("config", "user.name", "Tester");
    git.run("config", "user.email", "tester@example.org");
    Repository.init(root);
    write("params.yaml", "# rate\nlr: 1 # here\n");
    write(
        "dvc.yaml",
        """
        stages:
          train:
            cmd: grep -o 'lr.*' params.yaml > model.txt && cp model.txt metrics.yaml
            params: [lr]
            outs: [model.txt]
            metrics: [{metrics.yaml: {cache: false}}]
        """);
  }

  GitRepository commit() throws IOException {
    git.run("add", ".");
    git.run("commit", "--quiet", "-m", "first");
    return this;
  }

  void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  String read(String name) throws IOException {
    return Files.readString(root.resolve(name));
  }

  String head() throws IOException {
    return git.run("rev-parse", "HEAD");
  }

  Pipeline pipeline() throws IOException {
    return Pipeline.open(root);
  }

  Experiments experiments() throws IOException {
    return new Experiments(pipeline());
  }

  NewExperiments newExperiments() throws IOException {
    return new NewExperiments(pipeline(), new SplittableRandom(1));
  }

  Made run(String name, String... overrides) throws IOException {
    return run(name, false, overrides);
  }

  Made run(String name, boolean force, String... overrides) throws IOException {
    var options = force ? FORCED : ReproOptions.DEFAULT;
    var request = new RunRequest(options, List.of(overrides), Optional.of(name), Optional.empty());
    return newExperiments().run(request, new ReproListener() {}, MissingData.NONE);
  }

  String show(String name, String file) throws IOException {
    return git.run("show", new ExperimentRef(head(), name).ref() + ":" + file);
  }
}
