/** Which part of the product may use which, and the rules of shape, as tests. */
@NullMarked
package dev.millrace.dist.architecture;

import org.jspecify.annotations.NullMarked;
