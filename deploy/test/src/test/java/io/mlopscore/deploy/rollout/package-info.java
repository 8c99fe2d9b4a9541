/// `deploy/rollout` and `deploy/terraform/plan`, with commands of the cloud that only remember.
@NullMarked
package io.mlopscore.deploy.rollout;

import org.jspecify.annotations.NullMarked;
