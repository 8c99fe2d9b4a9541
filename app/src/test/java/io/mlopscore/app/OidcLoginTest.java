package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Browsers that log in at a provider, over HTTP all the way.
class OidcLoginTest {
  @TempDir private static Path folder;

  private static SmallProvider provider;
  private static TrackingService service;

  @BeforeAll
  static void start() throws Exception {
    provider = new SmallProvider();
    service = start(Map.of());
  }

  private static TrackingService start(Map<String, String> more) throws IOException {
    var env = new HashMap<>(more);
    env.put("MLOPS_OIDC_ISSUER", provider.issuer());
    env.put("MLOPS_OIDC_CLIENT_ID", "mlops");
    var flags = Map.of("port", "0", "app-name", "oidc");
    return TrackingService.start(ServerSettings.read(folder, flags, env));
  }

  @AfterAll
  static void stop() {
    service.close();
    provider.close();
  }

  /// Keeps its cookies, and is led on step by step.
  private record Browser(HttpClient client) {
    static Browser open() {
      return new Browser(
          HttpClient.newBuilder()
              .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
              .build());
    }

    HttpResponse<String> get(String uri) throws IOException, InterruptedException {
      var page = HttpRequest.newBuilder(URI.create(uri)).header("Accept", "text/html").build();
      return client.send(page, BodyHandlers.ofString());
    }

    HttpResponse<String> post(String uri) throws IOException, InterruptedException {
      var form = HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.noBody()).build();
      return client.send(form, BodyHandlers.ofString());
    }

    /// Where the provider sends it back to.
    String sentBack(String next) throws IOException, InterruptedException {
      var there = location(get(address() + "/login/oidc?next=" + next));
      assertThat(there).startsWith(provider.issuer() + "/authorize?");
      return location(get(there));
    }

    HttpResponse<String> logIn(String next) throws IOException, InterruptedException {
      return get(sentBack(next));
    }

    int current() throws IOException, InterruptedException {
      return get(address() + "/api/2.0/mlflow/users/current").statusCode();
    }
  }

  private static String address() {
    return address(service);
  }

  private static String address(TrackingService server) {
    return "http://127.0.0.1:" + server.port();
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void whoComesBackIsLoggedInUntilTheyLogOut() throws Exception {
    provider.claims = Map.of();
    var browser = Browser.open();
    assertThat(location(browser.get(address() + "/experiments")))
        .isEqualTo("/login?next=%2Fexperiments");
    assertThat(browser.current()).isEqualTo(401);
    assertThat(location(browser.logIn("/experiments"))).isEqualTo("/experiments");
    assertThat(browser.get(address() + "/api/2.0/mlflow/users/current").body()).contains("\"ada\"");
    assertThat(location(browser.post(address() + "/logout"))).isEqualTo("/login");
    assertThat(browser.current()).isEqualTo(401);
  }

  @Test
  void cookieOfWhoLoggedOutOpensNothing() throws Exception {
    provider.claims = Map.of();
    var browser = Browser.open();
    var begun = browser.logIn("/");
    var cookie =
        begun.headers().allValues("Set-Cookie").stream()
            .filter(each -> each.startsWith("mlops_session="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
    browser.post(address() + "/logout");
    var kept =
        HttpRequest.newBuilder(URI.create(address() + "/version"))
            .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
            .build();
    var answer = HttpClient.newHttpClient().send(kept, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void nextPageIsOneOfThisServer() throws Exception {
    provider.claims = Map.of();
    for (var elsewhere :
        new String[] {"https://evil.example", "//evil.example", "/%5Cevil.example"}) {
      assertThat(location(Browser.open().logIn(elsewhere))).isEqualTo("/");
    }
  }

  private static void refused(Map<String, Object> claims) throws Exception {
    provider.claims = claims;
    var browser = Browser.open();
    var answer = browser.logIn("/");
    assertThat(answer.statusCode()).as("%s", claims).isEqualTo(403);
    assertThat(answer.body()).contains("not valid");
    assertThat(browser.current()).as("%s", claims).isEqualTo(401);
  }

  @Test
  void tokenThatIsNotForThisLoginLetsNobodyIn() throws Exception {
    refused(Map.of("nonce", "of another login"));
    refused(Map.of("aud", "another-client"));
    refused(Map.of("iss", "https://evil.example"));
    refused(Map.of("exp", Date.from(Instant.now().minusSeconds(600))));
    provider.signer = SmallProvider.newKey();
    try {
      refused(Map.of());
    } finally {
      provider.signer = provider.key();
    }
  }

  @Test
  void stateEndsOnceAndInTheBrowserThatBeganIt() throws Exception {
    provider.claims = Map.of();
    var browser = Browser.open();
    var back = browser.sentBack("/");
    assertThat(Browser.open().get(back).statusCode()).as("another browser").isEqualTo(403);
    assertThat(browser.get(back).statusCode()).isEqualTo(303);
    var replayed = browser.get(back);
    assertThat(replayed.statusCode()).as("the same address again").isEqualTo(403);
  }

  @Test
  void cookieAndAddressOfALoginThatEndedLetNobodyIn() throws Exception {
    provider.claims = Map.of();
    var begun = Browser.open().get(address() + "/login/oidc?next=/");
    var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
    var back = location(Browser.open().get(location(begun)));
    var kept =
        HttpRequest.newBuilder(URI.create(back))
            .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
            .build();
    var client = HttpClient.newHttpClient();
    assertThat(client.send(kept, BodyHandlers.ofString()).statusCode()).isEqualTo(303);
    var stolen = client.send(kept, BodyHandlers.ofString());
    assertThat(stolen.statusCode()).isEqualTo(403);
    assertThat(stolen.body()).contains("The provider refused");
  }

  /// As behind a load balancer, or when the server starts again meanwhile.
  @Test
  void loginsAndSessionsBelongToNoServerAlone() throws Exception {
    provider.claims = Map.of();
    var known = Map.of("MLOPS_PUBLIC_URL", "http://mlops.example");
    var browser = Browser.open();
    try (var one = start(known);
        var other = start(known)) {
      var there = location(browser.get(address(one) + "/login/oidc?next=/experiments"));
      var back = location(browser.get(there));
      assertThat(back).startsWith("http://mlops.example/login/oidc/callback?");
      var taken = back.replace("http://mlops.example", address(other));
      assertThat(location(browser.get(taken))).isEqualTo("/experiments");
      var current = "/api/2.0/mlflow/users/current";
      assertThat(browser.get(address(one) + current).body()).contains("\"ada\"");
      browser.post(address(one) + "/logout");
      assertThat(browser.get(address(other) + current).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void nobodyLogsInWithAPasswordWhereAProviderKnowsThem() throws Exception {
    var page = Browser.open().get(address() + "/login");
    assertThat(page.body()).contains("/login/oidc").doesNotContain("type=\"password\"");
  }
}
