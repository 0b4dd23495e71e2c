package dev.millrace.error;

import dev.millrace.error.ErrorCode.Owner;
import dev.millrace.error.ErrorCode.Remedy;

/**
 * What the catalogue of errors says about one code.
 *
 * @param id     short and stable, as it is printed and documented: {@code PG-012}
 * @param owner  whose matter the failure is
 * @param remedy what the engine does about it
 */
public record CatalogueEntry(String id, Owner owner, Remedy remedy) {}
