package io.mlopscore.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// Access tokens of a service principal, by the client credentials flow
/// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow); one is
/// used until shortly before it ends.
final class AzureTokens {
  private static final String SCOPE = "https://storage.azure.com/.default";
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final AzureOptions.Principal principal;
  private final Clock clock;
  private String token = "";
  private Instant renewed = Instant.MIN;

  AzureTokens(HttpClient client, AzureOptions.Principal principal, Clock clock) {
    this.client = client;
    this.principal = principal;
    this.clock = clock;
  }

  synchronized String token() throws IOException {
    if (!clock.instant().isBefore(renewed)) {
      ask();
    }
    return token;
  }

  private void ask() throws IOException {
    var form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            principal.client(),
            "client_secret",
            principal.secret(),
            "scope",
            SCOPE);
    var url =
        URI.create(
            "%s/%s/oauth2/v2.0/token"
                .formatted(
                    principal.authority().toString().replaceFirst("/+$", ""), principal.tenant()));
    var request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AccessDeniedException(
            url.toString(),
            null,
            "no token for client_id %s: the server answered %d; look at tenant_id and client_secret"
                .formatted(principal.client(), answer.statusCode()));
      }
      var json = JSON.readTree(answer.body());
      token = json.path("access_token").asText();
      renewed = clock.instant().plusSeconds(json.path("expires_in").asLong()).minus(EARLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + url.getHost(), e);
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
