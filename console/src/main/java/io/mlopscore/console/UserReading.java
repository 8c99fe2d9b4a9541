package io.mlopscore.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.auth.Role;
import io.mlopscore.tracking.http.UserRoutes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reads what the pages about users show.
record UserReading(Visit visit, UserRoutes users) {
  Page all() {
    var answer = users.within(visit.request(), "2.0 GET users/list", Map.of());
    return new UsersPage(answer.path("users").valueStream().map(this::row).toList());
  }

  private UsersPage.Row row(JsonNode user) {
    var name = user.path("username").asText();
    return new UsersPage.Row(
        name,
        visit.links().user(name),
        user.path("is_admin").asBoolean(),
        user.path("roles")
            .valueStream()
            .map(role -> role.path("name").asText())
            .filter(role -> !Role.isOfOneUser(role))
            .toList());
  }

  Page one() {
    var name = visit.path("name");
    var answer =
        users.within(visit.request(), "3.0 GET users/permissions/list", Map.of("username", name));
    var self = visit.request().context().get(Caller.class);
    return new UserPage(
        name,
        visit.links().user(name),
        answer.path("is_admin").asBoolean(),
        self.filter(caller -> caller.user().name().equals(name)).isPresent(),
        answer.path("permissions").valueStream().map(UserReading::permission).toList(),
        types());
  }

  private static UserPage.Row permission(JsonNode row) {
    var role = row.path("role_name").asText();
    return new UserPage.Row(
        Role.isOfOneUser(role) ? "" : role,
        row.path("resource_type").asText(),
        row.path("resource_pattern").asText(),
        row.path("permission").asText());
  }

  private static List<String> types() {
    return Arrays.stream(ResourceType.values())
        .filter(type -> type != ResourceType.WORKSPACE)
        .map(ResourceType::word)
        .toList();
  }
}
