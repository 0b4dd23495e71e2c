/** A source and a sink that live in memory and survive a simulated crash: what a job did to the world outside stays, the job is gone. */
@NullMarked
package dev.millrace.testkit.memory;

import org.jspecify.annotations.NullMarked;
