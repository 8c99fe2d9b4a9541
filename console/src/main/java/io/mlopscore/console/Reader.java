package io.mlopscore.console;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grants;
import io.mlopscore.tracking.auth.ResourceType;
import java.util.Optional;
import java.util.Set;

/// Who looks at a page; on a server without users, nobody in particular, who sees everything.
record Reader(String name, Grants.Shown experiments, Grants.Shown models) {
  private static final Grants.Shown EVERYTHING = new Grants.Shown(true, Set.of());

  static Reader of(ServerRequest request) {
    Optional<Caller> caller = request.context().get(Caller.class);
    return caller
        .map(
            known ->
                new Reader(
                    known.user().name(),
                    known.grants().shown(ResourceType.EXPERIMENT),
                    known.grants().shown(ResourceType.REGISTERED_MODEL)))
        .orElse(new Reader("", EVERYTHING, EVERYTHING));
  }
}
