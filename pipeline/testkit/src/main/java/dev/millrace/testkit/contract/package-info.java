/**
 * What every source and every sink has to keep, as JUnit suites: a connector extends the suite, says what it can do, and the
 * suite proves the yes and the no.
 */
@NullMarked
package dev.millrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
