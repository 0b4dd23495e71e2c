/**
 * What goes wrong between and under servers, on demand: networks that are slow, silent or cut, and disks that are full.
 */
@NullMarked
package dev.millrace.servers.faults;

import org.jspecify.annotations.NullMarked;
