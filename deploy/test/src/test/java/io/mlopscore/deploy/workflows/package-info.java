/// What the workflows of `.github` must be beyond what actionlint checks.
@NullMarked
package io.mlopscore.deploy.workflows;

import org.jspecify.annotations.NullMarked;
