package dev.millrace.spi;

/**
 * An ability of a sink: says where its tables are. A state is bound to that place: tables that have moved are taken over, a
 * place where they are missing is refused.
 */
public interface Located {
    /** The place in one line, without secrets; the same at each start as long as the file says the same. Touches nothing. */
    String location();
}
