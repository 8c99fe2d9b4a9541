package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which options there are, and what values they take: those of DVC 3.67.
final class ConfigSchema {
  /// What a value may be.
  private enum Type {
    TEXT,
    BOOL,
    COUNT,
    WHOLE,
    NUMBER,
    LINKS,
    GROUP,
    PERCENT,
    HTTP_AUTH,
    PARSED_BOOL,
    PARSED_LIST
  }

  private static final Pattern AUTHORITY = Pattern.compile("(\\w[\\w+.-]*)://[^/]+.*");
  private static final List<String> LINKS = List.of("reflink", "hardlink", "symlink", "copy");
  private static final String COMMON =
      "url=text checksum_jobs=count jobs=count worktree=bool no_traverse=bool version_aware=bool";
  private static final String LOCAL =
      "type=links protected=bool shared=group slow_link_warning=bool verify=bool";
  private static final String HTTP =
      "auth=http_auth custom_auth_header=text user=text password=text ask_password=bool"
          + " ssl_verify=text method=text connect_timeout=number read_timeout=number verify=bool";
  private static final String WEBDAV =
      "user=text password=text ask_password=bool token=text bearer_token_command=text"
          + " custom_auth_header=text cert_path=text key_path=text timeout=whole ssl_verify=text"
          + " verify=bool";

  private static final Map<String, String> REMOTES =
      Map.ofEntries(
          Map.entry("", LOCAL),
          Map.entry(
              "s3",
              "region=text profile=text credentialpath=text configpath=text endpointurl=text"
                  + " access_key_id=text secret_access_key=text session_token=text listobjects=bool"
                  + " use_ssl=bool allow_anonymous_login=bool ssl_verify=text sse=text"
                  + " sse_kms_key_id=text sse_customer_algorithm=text sse_customer_key=text"
                  + " acl=text grant_read=text grant_read_acp=text grant_write_acp=text"
                  + " grant_full_control=text cache_regions=bool read_timeout=whole"
                  + " connect_timeout=whole verify=bool"),
          Map.entry(
              "gs",
              "projectname=text credentialpath=text endpointurl=text verify=bool"
                  + " allow_anonymous_login=bool"),
          Map.entry(
              "ssh",
              "type=links port=whole user=text password=text ask_password=bool passphrase=text"
                  + " ask_passphrase=bool keyfile=text timeout=whole gss_auth=bool allow_agent=bool"
                  + " max_sessions=whole verify=bool"),
          Map.entry("hdfs", "user=text kerb_ticket=text replication=whole"),
          Map.entry(
              "webhdfs",
              "kerberos=bool kerberos_principal=text proxy_to=text ssl_verify=text token=text"
                  + " use_https=bool user=text password=text data_proxy_target=text verify=bool"),
          Map.entry(
              "azure",
              "connection_string=text sas_token=text account_name=text account_key=text"
                  + " tenant_id=text client_id=text client_secret=text allow_anonymous_login=bool"
                  + " exclude_environment_credential=bool"
                  + " exclude_visual_studio_code_credential=bool"
                  + " exclude_shared_token_cache_credential=bool"
                  + " exclude_managed_identity_credential=bool verify=bool timeout=whole"
                  + " read_timeout=whole connection_timeout=whole"),
          Map.entry("oss", "oss_key_id=text oss_key_secret=text oss_endpoint=text verify=bool"),
          Map.entry(
              "gdrive",
              "profile=text gdrive_use_service_account=bool gdrive_client_id=text"
                  + " gdrive_client_secret=text gdrive_user_credentials_file=text"
                  + " gdrive_service_account_user_email=text"
                  + " gdrive_service_account_json_file_path=text gdrive_trash_only=bool"
                  + " gdrive_acknowledge_abuse=bool verify=bool"),
          Map.entry("http", HTTP),
          Map.entry("https", HTTP),
          Map.entry("webdav", WEBDAV),
          Map.entry("webdavs", WEBDAV));

  private static final Map<String, String> SECTIONS =
      Map.ofEntries(
          Map.entry(
              "core",
              "remote=text checksum_jobs=count interactive=bool analytics=bool hardlink_lock=bool"
                  + " no_scm=bool autostage=bool experiments=bool check_update=bool"
                  + " site_cache_dir=text machine=text"),
          Map.entry(
              "cache",
              "local=text s3=text gs=text hdfs=text webhdfs=text ssh=text azure=text dir=text "
                  + LOCAL),
          Map.entry("state", "dir=text row_limit=count row_cleanup_quota=percent"),
          Map.entry("index", "dir=text"),
          Map.entry("plots", "html_template=text auto_open=bool out_dir=text"),
          Map.entry(
              "exp",
              "code=text data=text models=text metrics=text params=text plots=text live=text"
                  + " auto_push=bool git_remote=text"),
          Map.entry("parsing", "bool=parsed_bool list=parsed_list"),
          Map.entry(
              "hydra",
              "enabled=bool config_dir=text config_module=text config_name=text plugins_path=text"),
          Map.entry("studio", "token=text url=text repo_url=text offline=bool"));

  private static final String DATABASE = "url=text username=text password=text";
  private static final String MACHINE =
      "cloud=text region=text image=text spot=bool spot_price=number instance_hdd_size=whole"
          + " instance_type=text instance_gpu=text ssh_private=text startup_script=text"
          + " setup_script=text";

  private ConfigSchema() {}

  /// @throws ConfigException when a section or option is unknown, or a value wrong
  static void check(Settings settings) {
    settings.sections().forEach(ConfigSchema::check);
  }

  private static void check(ConfigSection section, Map<String, String> options) {
    switch (section.kind()) {
      case "remote" -> checkRemote(section, options);
      case "db" -> check(section, options, DATABASE);
      case "machine" -> check(section, options, MACHINE);
      default -> checkPlain(section, options);
    }
  }

  private static void checkPlain(ConfigSection section, Map<String, String> options) {
    if (section.name().equals("feature")) {
      return;
    }
    var known = SECTIONS.get(section.name());
    if (known == null) {
      throw new ConfigException(
          "there is no section '%s'; known are %s"
              .formatted(section.name(), sorted(SECTIONS.keySet())));
    }
    check(section, options, known);
    if (options.containsKey("config_dir") && options.containsKey("config_module")) {
      throw new ConfigException("hydra: only one of 'config_dir' and 'config_module' may be set");
    }
  }

  private static void checkRemote(ConfigSection section, Map<String, String> options) {
    var url = options.get("url");
    if (url == null) {
      throw new ConfigException("remote '%s' has no 'url'".formatted(section.name()));
    }
    var authority = AUTHORITY.matcher(url);
    var scheme = authority.matches() ? authority.group(1).toLowerCase(Locale.ROOT) : "";
    if (scheme.equals("remote")) {
      return;
    }
    var known = REMOTES.get(scheme);
    if (known == null) {
      throw new ConfigException(
          "remote '%s': URLs of type %s:// are not supported".formatted(section.name(), scheme));
    }
    check(section, options, COMMON + " " + known);
  }

  private static void check(ConfigSection section, Map<String, String> options, String known) {
    var types = new HashMap<String, Type>();
    for (var entry : known.split(" ", -1)) {
      int equals = entry.indexOf('=');
      var type = entry.substring(equals + 1).toUpperCase(Locale.ROOT);
      types.put(entry.substring(0, equals), Type.valueOf(type));
    }
    options.forEach(
        (key, value) -> {
          var name = section.label() + "." + key;
          var type = types.get(key);
          if (type == null) {
            throw new ConfigException(
                "there is no option '%s'; '%s' has %s"
                    .formatted(name, section.label(), sorted(types.keySet())));
          }
          check(name, value, type);
        });
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static void check(String name, String value, Type type) {
    switch (type) {
      case TEXT -> {}
      case BOOL -> oneOf(name, value, "true", "false");
      case GROUP -> oneOf(name, value, "group");
      case HTTP_AUTH -> oneOf(name, value, "basic", "digest", "custom");
      case PARSED_BOOL -> oneOf(name, value, "store_true", "boolean_optional");
      case PARSED_LIST -> oneOf(name, value, "nargs", "append");
      case COUNT -> require(number(name, value, "\\d+") >= 1, name, value, "1 or more");
      case WHOLE -> number(name, value, "-?\\d+");
      case PERCENT -> require(number(name, value, "\\d+") <= 100, name, value, "0 to 100");
      case NUMBER -> number(name, value, "\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
      case LINKS -> checkLinks(name, value);
    }
  }

  private static void oneOf(String name, String value, String... allowed) {
    boolean found = Arrays.asList(allowed).contains(value.toLowerCase(Locale.ROOT));
    require(found, name, value, String.join(" or ", allowed));
  }

  private static double number(String name, String value, String form) {
    require(value.strip().matches(form), name, value, "a number");
    return Double.parseDouble(value);
  }

  private static void checkLinks(String name, String value) {
    for (var type : value.split(",", -1)) {
      require(LINKS.contains(type.strip()), name, value, String.join(", ", LINKS));
    }
  }

  private static void require(boolean holds, String name, String value, String allowed) {
    if (!holds) {
      throw new ConfigException("%s: '%s' must be %s".formatted(name, value, allowed));
    }
  }
}
