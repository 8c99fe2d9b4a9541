package io.mlopscore.monitoring;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules that watch over service levels: for each objective its error ratio over several
/// windows, what is left of the period's budget, and alerts on burning it too fast.
///
/// The names of the series are those that sloth made common (`slo:sli_error:ratio_rate5m`), so that
/// its dashboards work, too.
public record SloRules(ServiceLevels levels) {
  private static final String SHORTEST = BurnRate.WINDOWS.getFirst();

  /// The content of a rules file, as `mlops monitor rules` writes it.
  public String text() {
    return RulesText.of(groups());
  }

  List<RuleGroup> groups() {
    var groups = new ArrayList<RuleGroup>();
    for (var service : levels.services()) {
      for (var objective : service.objectives()) {
        var name = "slo-" + service.name() + "-" + objective.name();
        groups.add(new RuleGroup(name, rules(service, objective)));
      }
    }
    return groups;
  }

  private List<Rule> rules(ServiceLevel service, Objective objective) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("service", service.name());
    labels.put("slo", objective.name());
    var rules = new ArrayList<Rule>();
    for (var window : BurnRate.WINDOWS) {
      rules.add(new Rule.Recording(ratio(window), ratio(service, objective, window), labels));
    }
    rules.addAll(budget(service, objective, labels));
    for (var rate : BurnRate.ALL) {
      rules.add(alert(service, objective, rate, labels));
    }
    return rules;
  }

  private static String ratio(String window) {
    return "slo:sli_error:ratio_rate" + window;
  }

  /// Nothing when there are no requests: then nobody is let down, and zero by zero is no number.
  private static String ratio(ServiceLevel service, Objective objective, String window) {
    return "%s%n/%n(%s > 0)"
        .formatted(
            objective.errors(service.selector(), window),
            objective.requests(service.selector(), window))
        .replace(System.lineSeparator(), "\n");
  }

  /// The period is summed up from rates that are written down every minute or so: from the counters
  /// themselves it would take Prometheus too long.
  private List<Rule> budget(ServiceLevel service, Objective objective, Map<String, String> labels) {
    var which = braces(labels);
    var days = levels.days() + "d";
    return List.of(
        new Rule.Recording(
            "slo:errors:rate5m", objective.errors(service.selector(), SHORTEST), labels),
        new Rule.Recording(
            "slo:requests:rate5m", objective.requests(service.selector(), SHORTEST), labels),
        new Rule.Recording("slo:error_budget:ratio", number(objective.budget()), labels),
        new Rule.Recording(
            "slo:current_burn_rate:ratio",
            "%s%s / %s".formatted(ratio(SHORTEST), which, number(objective.budget())),
            labels),
        new Rule.Recording(
            "slo:period_error_budget_remaining:ratio",
            """
            1 - sum_over_time(slo:errors:rate5m%s[%s])
            / (sum_over_time(slo:requests:rate5m%s[%s]) > 0)
            / %s"""
                .formatted(which, days, which, days, number(objective.budget())),
            labels));
  }

  private Rule.Alert alert(
      ServiceLevel service, Objective objective, BurnRate rate, Map<String, String> common) {
    var threshold = number(rate.factor().multiply(objective.budget()));
    var which = braces(common);
    var labels = new LinkedHashMap<>(common);
    labels.put("severity", rate.severity());
    labels.put("window", rate.longWindow());
    return new Rule.Alert(
        capital(objective.name()) + "BudgetBurn",
        """
        %s%s > %s
        and
        %s%s > %s"""
            .formatted(
                ratio(rate.longWindow()),
                which,
                threshold,
                ratio(rate.shortWindow()),
                which,
                threshold),
        labels,
        annotations(service, objective, rate));
  }

  private Map<String, String> annotations(
      ServiceLevel service, Objective objective, BurnRate rate) {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(
        "summary",
        "%s: errors of %s use up the budget of %d days %s times too fast"
            .formatted(
                service.name(), objective.name(), levels.days(), rate.factor().toPlainString()));
    annotations.put(
        "description",
        "Promised: %s. {{ $value | humanizePercentage }} went wrong in the last %s."
            .formatted(objective.sentence(), rate.longWindow()));
    annotations.put("runbook_url", levels.runbook() + "#" + objective.name());
    return annotations;
  }

  private static String braces(Map<String, String> labels) {
    var parts = new ArrayList<String>();
    labels.forEach((label, value) -> parts.add(label + "=\"" + value + "\""));
    return "{" + String.join(", ", parts) + "}";
  }

  private static String number(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
