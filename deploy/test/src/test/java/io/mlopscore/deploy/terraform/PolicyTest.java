package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that hold for every resource of every environment, whoever adds one: those that scanners
/// check, and some of our own. They are asked of plans, where every loop has become a list.
@Tag("terraform")
class PolicyTest {
  private static final List<String> ROOTS =
      List.of("bootstrap", "environments/dev", "environments/staging", "environments/prod");

  /// Types that can have labels but do not need them: nothing is billed for them.
  private static final Set<String> UNBILLED =
      Set.of("google_compute_global_address", "google_monitoring_dashboard");

  @TempDir static Path folder;
  private static SchemaProvider provider;
  private static final Map<String, Plan> PLANS = new LinkedHashMap<>();

  @BeforeAll
  static void plan() throws Exception {
    provider = SchemaProvider.start("/terraform/google-6.50.0.json");
    var terraform = Terraform.copyTo(folder, provider.reattach());
    for (var root : ROOTS) {
      var plan = Plan.of(terraform, terraform.root().resolve(root));
      assertThat(plan.resources()).as(root).hasSizeGreaterThan(10);
      PLANS.put(root, plan);
    }
    writeForScanners();
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  static Stream<Plan> plans() {
    return PLANS.values().stream();
  }

  /// `deploy/test/terraform/run` gives these to checkov.
  private static void writeForScanners() throws IOException {
    for (var plan : PLANS.entrySet()) {
      var file = Rendered.folder().resolve(plan.getKey().replace('/', '-') + ".json");
      new ObjectMapper().writeValue(file.toFile(), plan.getValue().toShow());
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void noFirewallRuleLetsTheWorldIn(Plan plan) {
    assertThat(
            plan.all("google_compute_firewall")
                .filter(rule -> !rule.values().path("allow").isEmpty()))
        .allMatch(rule -> !rule.values().path("source_ranges").isEmpty(), "has sources")
        .noneMatch(rule -> texts(rule.values().path("source_ranges")).contains("0.0.0.0/0"))
        .allMatch(rule -> !rule.values().path("target_service_accounts").isEmpty(), "has a target");
  }

  @ParameterizedTest
  @MethodSource("plans")
  void bucketsArePrivateVersionedAndNeverLoseLiveObjects(Plan plan) {
    assertThat(plan.all("google_storage_bucket"))
        .isNotEmpty()
        .allMatch(is("/public_access_prevention", "enforced"))
        .allMatch(is("/uniform_bucket_level_access", "true"))
        .allMatch(is("/versioning/0/enabled", "true"))
        .allMatch(PolicyTest::deletesOnlyReplacedVersions, "deletes only replaced versions");
  }

  private static boolean deletesOnlyReplacedVersions(Plan.Resource bucket) {
    return each(bucket.values().path("lifecycle_rule"))
        .filter(rule -> rule.at("/action/0/type").asText().equals("Delete"))
        .allMatch(rule -> rule.at("/condition/0/with_state").asText().equals("ARCHIVED"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void rolesAreNarrow(Plan plan) {
    var broad = Set.of("roles/owner", "roles/editor", "roles/storage.objectAdmin");
    assertThat(plan.resources().stream().filter(resource -> resource.values().has("role")))
        .isNotEmpty()
        .noneMatch(grant -> broad.contains(grant.values().get("role").asText()));
    assertThat(plan.resources().stream().filter(resource -> resource.values().has("member")))
        .noneMatch(grant -> grant.values().get("member").asText().startsWith("all"));
  }

  /// Programs have roles on the project for telling what they do; everything else is on one
  // resource.
  @ParameterizedTest
  @MethodSource("plans")
  void programsHaveNoRoleOnTheWholeProject(Plan plan) {
    var telling =
        Set.of(
            "roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/cloudtrace.agent");
    assertThat(
            plan.all("google_project_iam_member")
                .filter(grant -> !grant.address().startsWith("module.github"))
                .filter(grant -> grant.values().path("condition").isEmpty()))
        .allMatch(grant -> telling.contains(grant.values().get("role").asText()));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void nothingRunsAsTheDefaultIdentity(Plan plan) {
    assertThat(
            Stream.concat(
                plan.all("google_cloud_run_v2_service"), plan.all("google_cloud_run_v2_job")))
        .allMatch(
            program ->
                program.values().findValuesAsText("service_account").stream()
                    .allMatch(account -> account.contains("@") && !account.contains("-compute@")));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void imagesAreNamedByDigest(Plan plan) {
    assertThat(
            plan.resources().stream()
                .filter(resource -> resource.type().startsWith("google_cloud_run"))
                .flatMap(resource -> resource.values().findValuesAsText("image").stream()))
        .allMatch(image -> image.matches(".+@sha256:[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theDatabaseIsPrivateEncryptedAndBackedUp(Plan plan) {
    assertThat(plan.all("google_sql_database_instance"))
        .allMatch(is("/settings/0/ip_configuration/0/ipv4_enabled", "false"))
        .allMatch(is("/settings/0/ip_configuration/0/ssl_mode", "ENCRYPTED_ONLY"))
        .allMatch(is("/settings/0/backup_configuration/0/enabled", "true"))
        .allMatch(is("/settings/0/backup_configuration/0/point_in_time_recovery_enabled", "true"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everythingInFrontIsModernTls(Plan plan) {
    assertThat(plan.all("google_compute_ssl_policy"))
        .allMatch(is("/min_tls_version", "TLS_1_2"))
        .allMatch(is("/profile", "MODERN"));
    assertThat(plan.all("google_compute_target_https_proxy"))
        .allMatch(proxy -> isGiven(proxy.values().path("ssl_policy")));
    assertThat(plan.all("google_compute_backend_service"))
        .allMatch(backend -> isGiven(backend.values().path("security_policy")));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void keysRotateWithinNinetyDays(Plan plan) {
    assertThat(plan.all("google_kms_crypto_key")).allMatch(is("/rotation_period", "7776000s"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void flowsAreLogged(Plan plan) {
    assertThat(plan.all("google_compute_subnetwork"))
        .allMatch(subnet -> !subnet.values().path("log_config").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyAlertTellsSomebodyWhatToDo(Plan plan) {
    assertThat(plan.all("google_monitoring_alert_policy"))
        .allMatch(alert -> !alert.values().path("notification_channels").isEmpty())
        .allMatch(alert -> alert.values().at("/documentation/0/content").asText().contains("#"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyAlertHasItsPartOfTheRunbook(Plan plan) throws IOException {
    var parts =
        Files.readAllLines(Terraform.repository().resolve("docs/runbook.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();
    assertThat(
            plan.all("google_monitoring_alert_policy")
                .map(alert -> alert.values().at("/documentation/0/content").asText())
                .map(content -> content.substring(content.indexOf('#') + 1)))
        .allMatch(parts::contains);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void whatCostsMoneyHasLabels(Plan plan) {
    assertThat(
            plan.resources().stream()
                .filter(resource -> resource.values().has("labels"))
                .filter(resource -> !UNBILLED.contains(resource.type()))
                .filter(
                    resource -> !resource.type().equals("google_monitoring_notification_channel")))
        .isNotEmpty()
        .allMatch(is("/labels/managed-by", "terraform"));
  }

  /// The plans were made with a password, which must be nowhere in them.
  @ParameterizedTest
  @MethodSource("plans")
  void noSecretIsInAPlan(Plan plan) {
    assertThat(plan.text()).doesNotContain("not-a-password-but-a-canary");
    assertThat(plan.all("google_secret_manager_secret_version")).isEmpty();
    assertThat(plan.all("google_service_account_key")).isEmpty();
  }

  @Test
  void productionIsWhereNothingIsDeletedByMistake() {
    var plan = Objects.requireNonNull(PLANS.get("environments/prod"));
    assertThat(plan.all("google_sql_database_instance"))
        .allMatch(is("/deletion_protection", "true"))
        .allMatch(is("/settings/0/availability_type", "REGIONAL"));
    assertThat(plan.all("google_cloud_run_v2_service"))
        .allMatch(is("/deletion_protection", "true"));
    assertThat(plan.all("google_storage_bucket"))
        .allMatch(is("/force_destroy", "false"))
        .allMatch(bucket -> isGiven(bucket.values().path("encryption")), "own keys");
  }

  private static Predicate<Plan.Resource> is(String pointer, String value) {
    return new Predicate<>() {
      @Override
      public boolean test(Plan.Resource resource) {
        return resource.values().at(pointer).asText().equals(value);
      }

      @Override
      public String toString() {
        return pointer + " is " + value;
      }
    };
  }

  private static boolean isGiven(JsonNode value) {
    return value.isValueNode() ? !value.isNull() : !value.isEmpty();
  }

  private static List<String> texts(JsonNode array) {
    return each(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
