@NullMarked
package io.mlopscore.storage;

import org.jspecify.annotations.NullMarked;
