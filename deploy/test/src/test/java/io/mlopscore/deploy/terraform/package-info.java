/// Terraform's own checks and tests, without a registry and without an account. Begin with
/// [TerraformTest].
@NullMarked
package io.mlopscore.deploy.terraform;

import org.jspecify.annotations.NullMarked;
