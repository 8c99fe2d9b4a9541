package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An experiment that waits for its turn, runs, or is over.
///
/// @param revision a stash of git with the files to start from
/// @param head the commit that the stash is of
/// @param arguments what to run, as the command line has it
/// @param copied files to take along that git does not know
/// @param message of the commit; empty for the usual one
public record QueuedTask(
    String revision,
    String name,
    String baseline,
    String head,
    Instant created,
    List<String> arguments,
    List<String> copied,
    Optional<String> message) {
  /// What becomes of a task.
  public enum State {
    RUNNING("Running"),
    QUEUED("Queued"),
    FAILED("Failed"),
    SUCCESS("Success");

    private final String title;

    State(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  public QueuedTask {
    arguments = List.copyOf(arguments);
    copied = List.copyOf(copied);
  }

  ExperimentRef ref() {
    return new ExperimentRef(baseline, name);
  }

  /// Whether a name or the beginning of a hash means it.
  boolean isMeant(String text) {
    return name.equals(text) || (text.length() > 3 && revision.startsWith(text));
  }

  String json() {
    return ExperimentJson.text(
        Mapping.EMPTY
            .with("revision", Value.of(revision))
            .with("name", Value.of(name))
            .with("baseline", Value.of(baseline))
            .with("head", Value.of(head))
            .with("created", Value.of(created.toEpochMilli()))
            .with("arguments", texts(arguments))
            .with("copied", texts(copied))
            .with("message", message.map(Value::of).orElse(Value.none())));
  }

  private static Value texts(List<String> texts) {
    return new Items(texts.stream().map(Value::of).toList());
  }

  static QueuedTask parse(String json, String file) {
    var read = (Mapping) JsonParams.read(json, file);
    return new QueuedTask(
        text(read, "revision"),
        text(read, "name"),
        text(read, "baseline"),
        text(read, "head"),
        Instant.ofEpochMilli(Long.parseLong(text(read, "created"))),
        texts(read, "arguments"),
        texts(read, "copied"),
        read.get("message").filter(Value.Text.class::isInstance).map(YamlReader::text));
  }

  private static String text(Mapping read, String key) {
    return YamlReader.text(read.get(key).orElseThrow());
  }

  private static List<String> texts(Mapping read, String key) {
    return YamlReader.items(read.get(key).orElseThrow()).values().stream()
        .map(YamlReader::text)
        .toList();
  }
}
