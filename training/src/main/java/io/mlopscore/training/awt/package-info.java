/// Pictures, drawn without a screen. Start at [io.mlopscore.training.awt.ConfusionPicture].
@NullMarked
package io.mlopscore.training.awt;

import org.jspecify.annotations.NullMarked;
