/// Webhooks: registry changes sent to addresses that somebody registered, as MLflow sends them
/// (https://mlflow.org/docs/latest/ml/webhooks/).
///
/// Start at [io.mlopscore.tracking.webhooks.WebhookDelivery];
/// [io.mlopscore.tracking.webhooks.WebhookAddresses] keeps the server from being sent into its own
/// network.
@NullMarked
package io.mlopscore.tracking.webhooks;

import org.jspecify.annotations.NullMarked;
