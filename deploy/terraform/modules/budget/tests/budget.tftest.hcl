mock_provider "google" {}

variables {
  billing_account = "01ABCD-23EF45-67890A"
  project_number  = "123456789"
  name            = "mlops-dev"
  amount          = { units = 150, currency = "EUR" }
  channels        = ["projects/p/notificationChannels/1"]
}

run "half_most_all_and_foreseen" {
  command = plan

  assert {
    condition     = [for rule in google_billing_budget.main.threshold_rules : rule.threshold_percent] == [0.5, 0.9, 1, 1.2]
    error_message = "Four times somebody is told."
  }
}

run "a_bad_account_is_refused" {
  command = plan
  variables {
    billing_account = "my billing"
  }
  expect_failures = [var.billing_account]
}

run "no_money_is_refused" {
  command = plan
  variables {
    amount = { units = 0, currency = "EUR" }
  }
  expect_failures = [var.amount]
}
