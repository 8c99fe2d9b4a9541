package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The patterns of `--allowed-hosts`, as Python's fnmatch has them.
class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "mlflow.company.com, mlflow.company.com, true",
    "mlflow.company.com, mlflowXcompany.com, false",
    "mlflow.company.com, mlflow.company.com:5000, false",
    "app-*.internal, app-7.internal, true",
    "app-*.internal, app-7.internal.evil, false",
    "[[]::1]:*, [::1]:5000, true",
    "host[0-9]*, host7:80, true",
    "host[!0-9]*, host7:80, false",
    "h?st*, host, true",
    "h?st, h?st, true",
    "h?st, host, false",
  })
  void isAllowed(String pattern, String host, boolean allowed) {
    assertThat(AllowedHosts.of(List.of(pattern)).allows(host)).isEqualTo(allowed);
  }
}
