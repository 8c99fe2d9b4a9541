package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.gates.Gates;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A project under git with metrics, a matrix, a curve, parameters and data, and a commit `base`.
final class Project {
  final Path root;
  private final Git git;

  Project(Path root) throws IOException {
    this.root = root;
    this.git = new Git(root);
    git.run("init", "--quiet", "--initial-branch=main");
    git.run("config", "user.name", "Tester");
    git.run("config", "user.email", "tester@example.org");
    Repository.init(root);
    write(
        "dvc.yaml",
        """
        metrics: [metrics.json]
        plots:
        - loss.csv: {x: epoch, y: loss, title: Loss}
        - guesses.csv: {template: confusion, x: actual, y: predicted}
        """);
    write("params.yaml", "train: {trees: 100, depth: 3}\n");
    write("mlops.yaml", "gates:\n- {metric: accuracy, min: 0.9, max_drop: 0.01}\n");
    metrics("0.95", 9);
    write("loss.csv", "epoch,loss\n0,1.5\n1,0.75\n2,0.5\n");
    write("guesses.csv", "actual,predicted\ncat,cat\ncat,dog\ndog,dog\n");
    data("raw.csv", "1");
    commit("base");
  }

  void metrics(String accuracy, int rightDogs) throws IOException {
    write(
        "metrics.json",
        """
        {"accuracy": %s, "n": 20,
         "confusion_matrix": {"cat": {"cat": 10, "dog": 0}, "dog": {"cat": %d, "dog": %d}}}
        """
            .formatted(accuracy, 10 - rightDogs, rightDogs));
  }

  /// Tracks content that is nowhere, by its hash alone.
  void data(String name, String digit) throws IOException {
    write(
        name + ".dvc",
        "outs:\n- md5: %s\n  size: 1\n  hash: md5\n  path: %s\n".formatted(digit.repeat(32), name));
  }

  void write(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  void delete(String name) throws IOException {
    Files.delete(root.resolve(name));
  }

  void commit(String tag) throws IOException {
    git.run("add", ".");
    git.run("commit", "--quiet", "--allow-empty", "-m", tag);
    git.run("tag", tag);
  }

  Report report(String base, String head, String... gates) throws IOException {
    var more = Stream.of(gates).map(Gates::parse).toList();
    return new Comparison(Pipeline.open(root), base, head, more).report();
  }

  static String markdown(Report report) {
    return markdown(report, PictureSection.Links.NONE);
  }

  /// Ids of commits differ from run to run.
  static String markdown(Report report, PictureSection.Links links) {
    var text = new MarkdownReport(report, new PictureFiles(report), links).text();
    return text.replaceAll("\\([0-9a-f]{8}\\)", "(COMMIT)");
  }

  static String json(Report report) {
    var text = new JsonReport(report, new PictureFiles(report)).text();
    return text.replaceAll("[0-9a-f]{40}", "COMMIT");
  }
}
