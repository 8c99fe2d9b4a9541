package io.mlopscore.console;

import io.mlopscore.tracking.http.UserRoutes;
import java.util.Map;

/// What the forms about users do.
record UserChanges(UserRoutes users) implements Changes {
  @Override
  public Map<String, Change> table() {
    return Map.of(
        "/users",
        this::create,
        "/users/{name}/password",
        this::setPassword,
        "/users/{name}/admin",
        this::setAdmin,
        "/users/{name}/delete",
        this::delete,
        "/users/{name}/permissions",
        this::grant,
        "/users/{name}/permissions/delete",
        this::revoke);
  }

  private String create(Visit visit, Form form) {
    var name = form.required("username", "The name");
    call(visit, "2.0 POST users/create", Map.of("username", name, "password", password(form)));
    return visit.links().user(name);
  }

  private static String password(Form form) {
    return form.required("password", "The password");
  }

  private String setPassword(Visit visit, Form form) {
    return changed(
        visit,
        "2.0 PATCH users/update-password",
        Map.of(
            "username",
            visit.path("name"),
            "password",
            password(form),
            "current_password",
            form.text("current")));
  }

  private String setAdmin(Visit visit, Form form) {
    return changed(
        visit,
        "2.0 PATCH users/update-admin",
        Map.of("username", visit.path("name"), "is_admin", form.text("admin").equals("yes")));
  }

  private String delete(Visit visit, Form form) {
    call(visit, "2.0 DELETE users/delete", Map.of("username", visit.path("name")));
    return visit.links().users();
  }

  private String grant(Visit visit, Form form) {
    return changed(
        visit,
        "3.0 POST users/permissions/grant",
        Map.of(
            "username",
            visit.path("name"),
            "resource_type",
            form.required("type", "The kind"),
            "resource_id",
            form.required("id", "The id or name"),
            "permission",
            form.required("permission", "The permission")));
  }

  private String revoke(Visit visit, Form form) {
    return changed(
        visit,
        "3.0 POST users/permissions/revoke",
        Map.of(
            "username",
            visit.path("name"),
            "resource_type",
            form.required("type", "The kind"),
            "resource_id",
            form.required("id", "The id or name")));
  }

  private String changed(Visit visit, String call, Map<String, Object> fields) {
    call(visit, call, fields);
    return visit.links().user(visit.path("name"));
  }

  private void call(Visit visit, String call, Map<String, Object> fields) {
    var _ = users.within(visit.request(), call, fields);
  }
}
