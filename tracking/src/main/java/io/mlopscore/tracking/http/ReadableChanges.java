package io.mlopscore.tracking.http;

import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.events.Change;
import io.mlopscore.tracking.events.RegistryChange;
import io.mlopscore.tracking.events.RunChange;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The changes of what somebody may read.
///
/// @param experimentOf the experiment of a run, empty if there is no such run
record ReadableChanges(Caller caller, Needs needs, UnaryOperator<String> experimentOf)
    implements Predicate<Change> {
  private static final List<ResourceType> EITHER =
      List.of(ResourceType.REGISTERED_MODEL, ResourceType.PROMPT);

  @Override
  public boolean test(Change change) {
    return caller.grants().isUnrestricted()
        || switch (change) {
          case RunChange.Created(var info) -> runsOf(info.experimentId());
          case RunChange run -> runsOf(experimentOf.apply(run.runId()));
          case RegistryChange.ModelRenamed(_, var newName) -> versionsOf(newName);
          case RegistryChange registry -> versionsOf(registry.name());
        };
  }

  private boolean runsOf(String experiment) {
    return !experiment.isEmpty()
        && Needs.inExperiment(caller, experiment, ResourceType.RUN, Action.READ);
  }

  /// Of what is gone nobody can tell whether it was a model or a prompt.
  private boolean versionsOf(String name) {
    return needs.type(name).map(List::of).orElse(EITHER).stream()
        .allMatch(type -> Needs.version(caller, type, name, Action.READ));
  }
}
