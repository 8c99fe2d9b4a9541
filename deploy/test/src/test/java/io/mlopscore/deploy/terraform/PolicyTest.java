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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules that hold for every resource of every environment, whoever adds one: those that scanners
/// check, and some of our own. They are asked of plans, where every loop has become a list.
@Tag("terraform")
class PolicyTest {
  private static final List<String> ROOTS =
      List.of("bootstrap", "environments/dev", "environments/staging", "environments/prod");

  /// Production on machines, with SSH: what Cloud Run has none of.
  private static final String MACHINES = "environments/prod on machines";

  /// Types that can have labels but do not need them: nothing is billed for them.
  private static final Set<String> UNBILLED =
      Set.of("google_compute_global_address", "google_monitoring_dashboard");

  private static final Predicate<String> HOLDS_A_SECRET =
      Pattern.compile("(PASSWORD|SECRET|TOKEN|API_KEYS?|STORE_URI)$").asPredicate();

  /// Where the Identity-Aware Proxy's tunnels come from.
  private static final String IAP = "35.235.240.0/20";

  @TempDir static Path folder;
  private static SchemaProvider provider;
  private static final Map<String, Plan> PLANS = new LinkedHashMap<>();

  @BeforeAll
  static void plan() throws Exception {
    provider = SchemaProvider.start("/terraform/google-6.50.0.json");
    var terraform = Terraform.copyTo(folder, provider.reattach());
    for (var root : ROOTS) {
      PLANS.put(root, Plan.of(root, terraform, terraform.root().resolve(root), "plan"));
    }
    var prod = terraform.root().resolve("environments/prod");
    PLANS.put(MACHINES, Plan.of(MACHINES, terraform, prod, "machines"));
    assertThat(PLANS.values()).allMatch(plan -> plan.resources().size() > 10);
    writeForScanners();
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  /// Of all plans. A policy about what nobody makes any more would hold for ever, so each insists
  /// that there is something.
  private static Stream<Plan.Resource> all(String type) {
    return all().filter(resource -> resource.type().equals(type));
  }

  private static Stream<Plan.Resource> all() {
    return PLANS.values().stream().flatMap(plan -> plan.resources().stream());
  }

  /// `deploy/test/terraform/run` gives these to checkov.
  private static void writeForScanners() throws IOException {
    for (var plan : PLANS.entrySet()) {
      var file = Rendered.folder().resolve(plan.getKey().replaceAll("[ /]", "-") + ".json");
      new ObjectMapper().writeValue(file.toFile(), plan.getValue().toShow());
    }
  }

  @Test
  void noFirewallRuleLetsTheWorldIn() {
    assertThat(
            all("google_compute_firewall").filter(rule -> !rule.values().path("allow").isEmpty()))
        .isNotEmpty()
        .allMatch(rule -> !rule.values().path("source_ranges").isEmpty(), "has sources")
        .noneMatch(rule -> texts(rule.values().path("source_ranges")).contains("0.0.0.0/0"))
        .allMatch(rule -> !rule.values().path("target_service_accounts").isEmpty(), "has a target");
  }

  @Test
  void bucketsArePrivateVersionedAndNeverLoseLiveObjects() {
    assertThat(all("google_storage_bucket"))
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

  @Test
  void rolesAreNarrow() {
    var broad = Set.of("roles/owner", "roles/editor", "roles/storage.objectAdmin");
    assertThat(all().filter(resource -> resource.values().has("role")))
        .isNotEmpty()
        .noneMatch(grant -> broad.contains(grant.values().get("role").asText()));
    assertThat(all().filter(resource -> resource.values().has("member")))
        .isNotEmpty()
        .noneMatch(grant -> grant.values().get("member").asText().startsWith("all"));
  }

  /// Programs have roles on the project for telling what they do; all else is on one resource.
  @Test
  void programsHaveNoRoleOnTheWholeProject() {
    var telling =
        Set.of(
            "roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/cloudtrace.agent");
    assertThat(
            all("google_project_iam_member")
                .filter(grant -> !grant.address().startsWith("module.github"))
                .filter(grant -> grant.values().path("condition").isEmpty()))
        .isNotEmpty()
        .allMatch(grant -> telling.contains(grant.values().get("role").asText()));
  }

  @Test
  void nothingRunsAsTheDefaultIdentity() {
    assertThat(Stream.concat(all("google_cloud_run_v2_service"), all("google_cloud_run_v2_job")))
        .isNotEmpty()
        .allMatch(
            program ->
                program.values().findValuesAsText("service_account").stream()
                    .allMatch(account -> account.contains("@") && !account.contains("-compute@")));
  }

  @Test
  void imagesAreNamedByDigest() {
    assertThat(
            all()
                .filter(resource -> resource.type().startsWith("google_cloud_run"))
                .flatMap(resource -> resource.values().findValuesAsText("image").stream()))
        .isNotEmpty()
        .allMatch(image -> image.matches(".+@sha256:[0-9a-f]{64}"));
  }

  @Test
  void whoDeploysPushesToTheRegistryThatIsPulledFrom() {
    assertThat(all("google_artifact_registry_repository_iam_member"))
        .filteredOn(is("/role", "roles/artifactregistry.writer"))
        .singleElement()
        .matches(grant -> grant.address().endsWith("writer[\"deployer\"]"))
        .matches(is("/repository", "mlops"))
        .matches(is("/location", "europe-west1"));
    assertThat(all("google_cloud_run_v2_service"))
        .allMatch(
            service ->
                service
                    .values()
                    .at("/template/0/containers/0/image")
                    .asText()
                    .matches("europe-west1-docker\\.pkg\\.dev/acme-mlops-[a-z]+/mlops/.+"));
  }

  @Test
  void theDatabaseIsPrivateEncryptedAndBackedUp() {
    assertThat(all("google_sql_database_instance"))
        .isNotEmpty()
        .allMatch(is("/settings/0/ip_configuration/0/ipv4_enabled", "false"))
        .allMatch(is("/settings/0/ip_configuration/0/ssl_mode", "ENCRYPTED_ONLY"))
        .allMatch(is("/settings/0/backup_configuration/0/enabled", "true"))
        .allMatch(is("/settings/0/backup_configuration/0/point_in_time_recovery_enabled", "true"));
  }

  @Test
  void everythingInFrontIsModernTls() {
    assertThat(all("google_compute_ssl_policy"))
        .isNotEmpty()
        .allMatch(is("/min_tls_version", "TLS_1_2"))
        .allMatch(is("/profile", "MODERN"));
    assertThat(all("google_compute_target_https_proxy"))
        .isNotEmpty()
        .allMatch(proxy -> isGiven(proxy.values().path("ssl_policy")));
    assertThat(all("google_compute_backend_service"))
        .isNotEmpty()
        .allMatch(backend -> isGiven(backend.values().path("security_policy")));
  }

  @Test
  void keysRotateWithinNinetyDays() {
    assertThat(all("google_kms_crypto_key"))
        .isNotEmpty()
        .allMatch(is("/rotation_period", "7776000s"));
  }

  /// Cloud SQL refuses a log of transactions that reaches back as far as the daily backups.
  @Test
  void backupsReachFurtherBackThanTheLog() {
    assertThat(all("google_sql_database_instance"))
        .isNotEmpty()
        .allMatch(
            database -> {
              var backup = database.values().at("/settings/0/backup_configuration/0");
              return backup.at("/backup_retention_settings/0/retained_backups").asInt()
                  > backup.path("transaction_log_retention_days").asInt(Integer.MAX_VALUE);
            },
            "keeps more backups than days of the log");
  }

  @Test
  void flowsAreLogged() {
    assertThat(all("google_compute_subnetwork"))
        .isNotEmpty()
        .allMatch(subnet -> !subnet.values().path("log_config").isEmpty());
  }

  @Test
  void everyAlertTellsSomebodyWhatToDo() {
    assertThat(all("google_monitoring_alert_policy"))
        .isNotEmpty()
        .allMatch(alert -> !alert.values().path("notification_channels").isEmpty())
        .allMatch(alert -> alert.values().at("/documentation/0/content").asText().contains("#"));
  }

  @Test
  void everyAlertHasItsPartOfTheRunbook() throws IOException {
    var parts =
        Files.readAllLines(Terraform.repository().resolve("docs/runbook.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();
    assertThat(
            all("google_monitoring_alert_policy")
                .map(alert -> alert.values().at("/documentation/0/content").asText())
                .map(content -> content.substring(content.indexOf('#') + 1)))
        .isNotEmpty()
        .allMatch(parts::contains);
  }

  @Test
  void whatCostsMoneyHasLabels() {
    assertThat(
            all()
                .filter(resource -> resource.values().has("labels"))
                .filter(resource -> !UNBILLED.contains(resource.type()))
                .filter(
                    resource -> !resource.type().equals("google_monitoring_notification_channel")))
        .isNotEmpty()
        .allMatch(is("/labels/managed-by", "terraform"));
  }

  /// The plans were made with a password, which must be nowhere in them.
  @Test
  void noSecretIsInAPlan() {
    assertThat(PLANS.values()).noneMatch(plan -> plan.text().contains("not-a-password-but-"));
    assertThat(all("google_secret_manager_secret_version")).isEmpty();
    assertThat(all("google_service_account_key")).isEmpty();
  }

  /// Whoever can look at a service, or at a dump of a process, sees its environment.
  @Test
  void noSecretIsInAnEnvironment() {
    var environments =
        all()
            .filter(resource -> resource.type().matches("google_cloud_run_v2_(service|job)"))
            .flatMap(program -> program.values().findValues("env").stream())
            .flatMap(PolicyTest::each)
            .toList();
    assertThat(environments)
        .isNotEmpty()
        .allMatch(variable -> variable.path("value_source").isEmpty(), "is no secret")
        .noneMatch(variable -> HOLDS_A_SECRET.test(variable.path("name").asText()));
    assertThat(all("google_compute_instance_template"))
        .isNotEmpty()
        .noneMatch(
            machine ->
                machine
                    .values()
                    .at("/metadata/user-data")
                    .asText()
                    .lines()
                    .filter(line -> line.matches(" *[A-Z_]+=.*"))
                    .anyMatch(line -> HOLDS_A_SECRET.test(line.split("=", 2)[0].strip())));
  }

  @Test
  void machinesAreHardenedAndReachedThroughTheProxyOnly() {
    assertThat(all("google_compute_instance_template"))
        .isNotEmpty()
        .allMatch(is("/metadata/enable-oslogin", "TRUE"))
        .allMatch(is("/metadata/block-project-ssh-keys", "TRUE"))
        .allMatch(is("/shielded_instance_config/0/enable_secure_boot", "true"))
        .allMatch(machine -> machine.values().at("/network_interface/0/access_config").isEmpty())
        .allMatch(machine -> isGiven(machine.values().at("/disk/0/disk_encryption_key")), "own key")
        .allMatch(
            machine -> machine.values().at("/service_account/0/email").asText().contains("@"));
    assertThat(
            all("google_compute_firewall")
                .filter(rule -> texts(rule.values().at("/allow/0/ports")).contains("22")))
        .isNotEmpty()
        .allMatch(rule -> texts(rule.values().path("source_ranges")).equals(List.of(IAP)), "IAP");
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

  @Test
  void whereOnlyKnownImagesRunEveryProgramAsksThePolicy() {
    var plan = Objects.requireNonNull(PLANS.get("environments/prod"));
    assertThat(plan.all("google_binary_authorization_policy"))
        .singleElement()
        .matches(is("/default_admission_rule/0/evaluation_mode", "ALWAYS_DENY"));
    assertThat(
            Stream.concat(
                plan.all("google_cloud_run_v2_service"), plan.all("google_cloud_run_v2_job")))
        .hasSize(4)
        .allMatch(is("/binary_authorization/0/use_default", "true"));
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
