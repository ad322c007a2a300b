/** Whether an installation is in order: each check with what was found and how to mend it. */
@NullMarked
package dev.tarn.cli.doctor;

import org.jspecify.annotations.NullMarked;
