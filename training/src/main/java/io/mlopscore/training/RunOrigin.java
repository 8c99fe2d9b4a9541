package io.mlopscore.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who started a run, how, and from which sources.
///
/// @param user the name of the person's account
/// @param command the command line, or the name of the program
/// @param commit the git commit of the working tree, if it is one
public record RunOrigin(String user, String command, Optional<String> commit) {
  /// As MLflow's own tags.
  Map<String, String> tags() {
    var tags = new LinkedHashMap<String, String>();
    tags.put("mlflow.user", user);
    tags.put("mlflow.source.name", command);
    tags.put("mlflow.source.type", "LOCAL");
    commit.ifPresent(id -> tags.put("mlflow.source.git.commit", id));
    return tags;
  }
}
