/*
 * clausier - reads the structure of multilingual circulars and meeting
 * reports into Akoma Ntoso trees.
 *
 * Conventions of this header:
 *   - the out-parameter comes first and is set to NULL on failure;
 *   - every function that can fail returns 0 or one of the negative
 *     CLAUSIER_E* codes; what went wrong, and where, goes to the report
 *     callback and never into the return value;
 *   - destructors take NULL;
 *   - grammars and trees that are handed in are borrowed for the time of the
 *     call where nothing else is said;
 *   - strings are UTF-8; lines and columns count from 1, columns in code
 *     points; byte offsets count from 0 and end before the byte they name.
 *
 * The library has no globals, never writes to a stream of its own and never
 * calls exit or abort.
 */
#ifndef CLAUSIER_H
#define CLAUSIER_H

#include <stddef.h>
#include <libxml/tree.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CLAUSIER_API __attribute__((visibility("default")))
#else
#define CLAUSIER_API
#endif

#define CLAUSIER_VERSION "0.1.0"

/** Namespace of the attributes that carry source positions and the status of
 *  references in the trees. */
#define CLAUSIER_SOURCE_NS "urn:x-clausier:source:1"

/** The date of a document whose text and caller give none (the schema wants
 *  one). It stands in the tree together with a warning. */
#define CLAUSIER_NO_DATE "0001-01-01"

/** What a call can fail with. */
enum {
    CLAUSIER_OK = 0,
    CLAUSIER_ENOMEM = -1,   /**< memory ran out */
    CLAUSIER_EARG = -2,     /**< an argument makes no sense */
    CLAUSIER_EIO = -3,      /**< a file could not be read or written */
    CLAUSIER_EGRAMMAR = -4, /**< a grammar is wrong; the report says where */
    CLAUSIER_EINPUT = -5    /**< the input cannot be read as text at all */
};

/** How much a message matters. */
enum clausier_level {
    CLAUSIER_NOTE,    /**< what was decided and might be of interest */
    CLAUSIER_WARNING, /**< something is odd; the result stands */
    CLAUSIER_ERROR    /**< the call fails because of this */
};

/** One thing to tell a person. Everything in it is valid only while the
 *  callback runs. */
typedef struct clausier_message {
    enum clausier_level level;
    const char *file;   /**< as the caller named it, or NULL */
    unsigned line;      /**< from 1; 0 where no line is meant */
    unsigned column;    /**< in code points from 1; 0 where none is meant */
    const char *code;   /**< stable short name, e.g. "number-jump" */
    const char *text;   /**< one sentence without a final full stop */
    const char *source; /**< the line the column points into, or NULL */
} clausier_message;

/** Receives messages; `user` is the pointer given beside it. */
typedef void clausier_report(void *user, const clausier_message *message);

/** The grammars of one folder: read once, then only looked at. One set may be
 *  used by several threads at a time. */
typedef struct clausier_grammars clausier_grammars;

/** How grammars are loaded. All zero is a sensible default. */
typedef struct clausier_load_options {
    const char *dir;         /**< folder with *.grammar files; required */
    const char *only;        /**< name (without .grammar) or path of the one
                                  grammar to use, or NULL for all of `dir` */
    clausier_report *report; /**< or NULL */
    void *user;              /**< passed to `report` */
} clausier_load_options;

/**
 * Reads the grammars of a folder.
 *
 * @param out     set to the grammars; free with clausier_grammars_free()
 * @param options borrowed for the time of the call
 * @return 0, CLAUSIER_EIO (folder or file unreadable), CLAUSIER_EGRAMMAR,
 *         CLAUSIER_EARG or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_grammars_load(clausier_grammars **out,
                                        const clausier_load_options *options);

/** Frees what clausier_grammars_load() made. */
CLAUSIER_API void clausier_grammars_free(clausier_grammars *grammars);

/** What a check of the examples counted. */
typedef struct clausier_check_result {
    size_t rules;    /**< rules looked at */
    size_t examples; /**< yes and no lines run */
    size_t failures; /**< examples that did not come out as written */
} clausier_check_result;

/**
 * Runs every `yes` and `no` example of every grammar of the set. Failing
 * examples are reported as errors at their place in the grammar file, rules
 * without examples as warnings.
 *
 * @param out filled in; the caller's
 * @return 0 when every example came out as written, else CLAUSIER_EGRAMMAR,
 *         CLAUSIER_EARG or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_grammars_check(clausier_check_result *out,
                                         const clausier_grammars *grammars,
                                         clausier_report *report, void *user);

/** One line of a document and the rule that took it. All spans are valid only
 *  while the callback runs. */
typedef struct clausier_explanation {
    unsigned first_line, last_line; /**< of the source, from 1 */
    const char *kind;               /**< "clause", "item", ..., "paragraph" */
    const char *rule;               /**< name of the rule, "" where none */
    const char *text;               /**< the line, residues taken out */
    size_t text_length;             /**< in bytes */
    size_t captures;                /**< number of entries in the arrays */
    const char *const *names;       /**< names of the captures */
    const char *const *values;      /**< their text, not 0-terminated */
    const size_t *lengths;          /**< in bytes */
} clausier_explanation;

/** Receives the explanation of one line. */
typedef void clausier_explain(void *user, const clausier_explanation *line);

/** How a document is read. All zero is a sensible default. */
typedef struct clausier_options {
    const char *file;          /**< name used in messages, or NULL */
    const char *language;      /**< BCP 47 or ISO 639-2/T ("fr", "fra"); NULL:
                                    found from the text */
    const char *encoding;      /**< name of a character encoding as ICU knows
                                    it; NULL: found from the bytes */
    const char *date;          /**< date of the document, YYYY-MM-DD, or NULL */
    clausier_report *report;   /**< or NULL */
    void *user;                /**< passed to `report` */
    clausier_explain *explain; /**< called for every line, or NULL */
    void *explain_user;        /**< passed to `explain` */
} clausier_options;

/**
 * Reads a text into an Akoma Ntoso tree that is valid against the schema of
 * Akoma Ntoso 3.0 (OASIS LegalDocML). A text that can be decoded is never
 * refused: a line that no rule knows is a paragraph.
 *
 * @param out     set to the tree, which is the caller's: xmlFreeDoc()
 * @param bytes   the text, in any encoding; borrowed for the time of the call
 * @param length  in bytes, at most 2^31 - 1
 * @param options borrowed for the time of the call, or NULL
 * @return 0, CLAUSIER_EARG (unknown language, encoding or date; too long),
 *         CLAUSIER_EINPUT, CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_document_convert(xmlDocPtr *out,
                                           const clausier_grammars *grammars,
                                           const void *bytes, size_t length,
                                           const clausier_options *options);

/**
 * Reads a document that is either Akoma Ntoso already, from whatever program,
 * or a text that clausier_document_convert() turns into it; the first bytes
 * tell which. XML may have neither a document type declaration nor a depth
 * of more than 256 elements.
 *
 * @param out     set to the tree, which is the caller's: xmlFreeDoc()
 * @param bytes   borrowed for the time of the call
 * @param length  in bytes, at most 2^31 - 1
 * @param options as for clausier_document_convert(); for XML only `file` and
 *                `report` matter
 * @return as clausier_document_convert(); CLAUSIER_EINPUT for XML that is not
 *         well formed or not Akoma Ntoso
 */
CLAUSIER_API int clausier_document_read(xmlDocPtr *out,
                                        const clausier_grammars *grammars,
                                        const void *bytes, size_t length,
                                        const clausier_options *options);

/**
 * Writes a tree as UTF-8 XML, indented, the same bytes for the same tree. So
 * that no white space gets into texts, empty text nodes are added to elements
 * that hold text; nothing else of the tree changes.
 *
 * @param out    set to the text, 0-terminated, which is the caller's:
 *               clausier_text_free()
 * @param length set to its length in bytes, without the final 0
 * @return 0, CLAUSIER_EARG or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_tree_write(char **out, size_t *length,
                                     xmlDocPtr tree);

/** Takes the next bytes of what is being written, which are valid only while it
 *  runs; nonzero stops it. `user` is the pointer given beside it. */
typedef int clausier_sink(void *user, const char *bytes, size_t length);

/**
 * Writes what clausier_tree_write() would hand out, piece by piece, without
 * ever holding the whole.
 *
 * @return 0, CLAUSIER_EIO where the sink stopped it, CLAUSIER_EARG or
 *         CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_tree_stream(xmlDocPtr tree, clausier_sink *sink,
                                      void *user);

/**
 * Reads a document, as clausier_document_read() does, and writes its tree, as
 * clausier_tree_stream() would. No tree of libxml2 is made of a text: this
 * takes less than half of the memory, and less time.
 *
 * @return what either of the two returns; before the document has been read to
 *         its end nothing is handed to the sink
 */
CLAUSIER_API int clausier_document_stream(const clausier_grammars *grammars,
                                          const void *bytes, size_t length,
                                          const clausier_options *options,
                                          clausier_sink *sink, void *user);

/** What a document can be written as. */
enum clausier_document_format {
    CLAUSIER_DOCUMENT_XML,    /**< as clausier_tree_stream() writes it */
    CLAUSIER_DOCUMENT_JSON,   /**< the tree of its clauses; the schema is
                                   share/clausier/document.schema.json */
    CLAUSIER_DOCUMENT_NDJSON, /**< one clause per line, in reading order */
    CLAUSIER_DOCUMENT_TEXT,   /**< an outline for reading, 80 columns wide */
    CLAUSIER_DOCUMENT_HTML    /**< a page that needs no other file */
};

/**
 * Writes a document in one of these forms: all its text, each piece once, the
 * same bytes for the same tree. What a tree does not say (eIds, places in the
 * source) is null in JSON.
 *
 * @param tree     Akoma Ntoso from any program; as for clausier_tree_write()
 *                 empty texts may be added to it
 * @param grammars for the facts of the JSON forms; borrowed
 * @param sink     takes the bytes, UTF-8
 * @return 0, CLAUSIER_EIO where the sink stopped it, CLAUSIER_EARG,
 *         CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_document_export(
    xmlDocPtr tree, const clausier_grammars *grammars,
    enum clausier_document_format format, clausier_sink *sink, void *user);

/** A place in a document. */
typedef struct clausier_place {
    const char *name;       /**< as people say it: "2.1", "annex 1, 2 a)" */
    const char *eid;        /**< or "" where it has none */
    const char *text;       /**< its heading or first paragraph */
    const xmlNode *element; /**< of the tree that was asked */
} clausier_place;

/** What a name for a clause leads to. All of it is the answer's, but for the
 *  elements, which are the tree's. */
typedef struct clausier_answer {
    const clausier_place *found; /**< in reading order */
    size_t found_count;
    int several;             /**< the name is one of a range or of a list */
    int guessed;             /**< words of the name were not understood: its
                                  numbers led to what was found */
    int missing;             /**< the name, or one of a list, leads nowhere */
    const clausier_place *others; /**< what goes by the same name elsewhere:
                                       clause 2 of an annex beside clause 2 of
                                       the main body, which comes first */
    size_t other_count;
    const clausier_place *nearest; /**< what there is near to a name that leads
                                        nowhere: the same number in other parts,
                                        the clause around it, those beside it */
    size_t nearest_count;
} clausier_answer;

/**
 * Finds the clause that a person would name: "2.1.1", "annex 1 clause 2",
 * "I.2 4)", "clauses 2 to 4", in the words of any language that there is a
 * grammar for, whatever language the document is in; an eId; a heading. Names
 * are read by the rules that find references in texts.
 *
 * @param out   set to the answer, which may be that there is no such clause;
 *              free with clausier_answer_free()
 * @param tree  Akoma Ntoso from any program; borrowed until `out` is freed
 * @param name  in UTF-8, at most 1000 bytes and not blank
 * @return 0, CLAUSIER_EARG, CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_clause_find(clausier_answer **out, xmlDocPtr tree,
                                      const clausier_grammars *grammars,
                                      const char *name);

/**
 * Writes what was found: as XML the element, or a portionBody with the elements
 * of several; as JSON one object, or an array of several; as text or JSON Lines
 * one after the other, as clausier_document_export() does. There is no HTML.
 *
 * @return 0, CLAUSIER_EARG (nothing was found; no such format), CLAUSIER_EIO
 *         where the sink stopped it, or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_answer_write(const clausier_answer *answer,
                                       enum clausier_document_format format,
                                       clausier_sink *sink, void *user);

/** Frees what clausier_clause_find() made. */
CLAUSIER_API void clausier_answer_free(clausier_answer *answer);

/** Versions of one document, aligned: every unit of every version (clause,
 *  item, paragraph, heading, table row, header field, ...) stands in exactly
 *  one bead. */
typedef struct clausier_alignment clausier_alignment;

/** How versions are aligned. All zero is a sensible default. */
typedef struct clausier_align_options {
    const char *const *files; /**< names of the versions for messages and
                                   outputs, as many as there are trees, or
                                   NULL; copied */
    int exhaustive;           /**< compare every unit with every other: slow,
                                   for measuring the short way */
    clausier_report *report;  /**< or NULL */
    void *user;               /**< passed to `report` */
} clausier_align_options;

/**
 * Aligns two or more versions of a document: translations, or revisions in
 * one language. The beads do not depend on the order of the trees; their
 * sequence follows the first.
 *
 * @param out      set to the alignment; free with clausier_alignment_free()
 * @param grammars borrowed for the time of the call
 * @param trees    Akoma Ntoso from any program; borrowed until `out` is freed,
 *                 not changed
 * @param count    of the trees, 2 to CLAUSIER_VERSIONS_MAX
 * @param options  borrowed for the time of the call, or NULL
 * @return 0, CLAUSIER_EARG, CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_alignment_make(clausier_alignment **out,
                                         const clausier_grammars *grammars,
                                         const xmlDocPtr *trees, size_t count,
                                         const clausier_align_options *options);

/**
 * Makes a version of a document follow another one, the master: each clause,
 * item, annex, table and note whose eId is another one there gets that as its
 * wId, and the metadata the FRBRmasterExpression (Akoma Ntoso Naming Convention
 * 1.0). Of what has no one counterpart, and of what was said of another master
 * before, there is none. Which goes with which is what
 * clausier_alignment_make() finds.
 *
 * @param tree     changed; after a failure it may be named in part
 * @param master   borrowed for the time of the call, not changed
 * @param grammars borrowed for the time of the call
 * @param options  as for clausier_alignment_make(), or NULL; the first of the
 *                 two files is the master
 * @return 0, CLAUSIER_EARG, CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_document_follow(xmlDocPtr tree, xmlDocPtr master,
                                          const clausier_grammars *grammars,
                                          const clausier_align_options *options);

/** The most versions that are aligned at a time. */
#define CLAUSIER_VERSIONS_MAX 16

/** Frees what clausier_alignment_make() made. */
CLAUSIER_API void clausier_alignment_free(clausier_alignment *alignment);

/** What an alignment can be written as. */
enum clausier_alignment_format {
    CLAUSIER_BEADS_TSV,         /**< one bead per line, a header line first */
    CLAUSIER_DIFFERENCES_TEXT,  /**< a report for people, by clause */
    CLAUSIER_DIFFERENCES_COLOR, /**< the same, for a terminal with colours */
    CLAUSIER_DIFFERENCES_JSON,  /**< JSON Lines: one difference per line */
    CLAUSIER_DIFFERENCES_TSV,   /**< one difference per line, a header
                                     first */
    CLAUSIER_ALIGNMENT_XML,     /**< everything: versions, beads, units and
                                     differences (alignment.rng) */
    CLAUSIER_ALIGNMENT_TMX,     /**< translation memory, TMX 1.4b: a variant
                                     for each version in a bead */
    CLAUSIER_ALIGNMENT_XLIFF,   /**< XLIFF 2.1, the differences as ITS 2.0
                                     localization quality issues; of two
                                     versions only */
    CLAUSIER_ALIGNMENT_XLIFF12, /**< the same as XLIFF 1.2; for every version
                                     but the first a file of its own in it */
    CLAUSIER_ALIGNMENT_HTML     /**< the versions side by side, one page that
                                     needs no other file */
};

/**
 * Leaves the differences below a level out of what is written and counted.
 * Versions in one language are revisions: there a change of words is a
 * difference, too. CLAUSIER_NOTE stands for "info".
 */
CLAUSIER_API void clausier_alignment_limit(clausier_alignment *alignment,
                                           enum clausier_level level);

/**
 * Leaves one difference out, as clausier_alignment_limit() does.
 *
 * @param id as the outputs give it; the same difference between the same
 *           versions always has the same one, and keeps it when text is added
 *           elsewhere
 * @return 1 where there is a difference of that name, else 0
 */
CLAUSIER_API int clausier_alignment_ignore(clausier_alignment *alignment,
                                           const char *id);

/** The number of differences that are not left out. */
CLAUSIER_API size_t
clausier_alignment_differences(const clausier_alignment *alignment);

/**
 * Writes an alignment, the same bytes for the same versions.
 *
 * @param sink takes the bytes, UTF-8
 * @return 0, CLAUSIER_EIO where the sink stopped it, CLAUSIER_EARG (also for
 *         more versions than the format holds) or CLAUSIER_ENOMEM
 */
CLAUSIER_API int
clausier_alignment_write(const clausier_alignment *alignment,
                         enum clausier_alignment_format format,
                         clausier_sink *sink, void *user);

/** Terms of reference that documents give, as records: whose they are, what
 *  they say under which heading, with the eIds and the facts of each part. */
typedef struct clausier_terms clausier_terms;

/** How terms of reference are looked for. All zero is a sensible default. */
typedef struct clausier_terms_options {
    const char *const *files; /**< names of the documents for messages and
                                   records, as many as there are trees, or
                                   NULL; borrowed for the time of the call */
    clausier_report *report;  /**< or NULL; a note says of each document
                                   without any that it has none */
    void *user;               /**< passed to `report` */
} clausier_terms_options;

/**
 * Finds the terms of reference of groups in documents: an annex, a section, or
 * a whole document. Language versions of the same terms make one record, which
 * holds the text of each language.
 *
 * @param out      set to the records, of which there may be none; free with
 *                 clausier_terms_free()
 * @param grammars borrowed for the time of the call
 * @param trees    Akoma Ntoso from any program; borrowed for the time of the
 *                 call, not changed
 * @param count    of the trees, 1 or more
 * @param options  borrowed for the time of the call, or NULL
 * @return 0, CLAUSIER_EARG, CLAUSIER_EGRAMMAR or CLAUSIER_ENOMEM
 */
CLAUSIER_API int
clausier_terms_extract(clausier_terms **out, const clausier_grammars *grammars,
                       const xmlDocPtr *trees, size_t count,
                       const clausier_terms_options *options);

/** Frees what clausier_terms_extract() made. */
CLAUSIER_API void clausier_terms_free(clausier_terms *terms);

/** The number of records. */
CLAUSIER_API size_t clausier_terms_count(const clausier_terms *terms);

/** What records of terms of reference can be written as. */
enum clausier_terms_format {
    CLAUSIER_TERMS_JSON,    /**< an array; terms.schema.json */
    CLAUSIER_TERMS_NDJSON,  /**< a record per line */
    CLAUSIER_TERMS_XML,     /**< namespace urn:x-clausier:terms:1 */
    CLAUSIER_TERMS_CSV,     /**< RFC 4180: a row per field and language; what a
                                 spreadsheet would take for a formula begins
                                 with an apostrophe */
    CLAUSIER_TERMS_MARKDOWN /**< for people */
};

/**
 * Writes records, the same bytes for the same documents.
 *
 * @param sink takes the bytes, UTF-8
 * @return 0, CLAUSIER_EIO where the sink stopped it, CLAUSIER_EARG or
 *         CLAUSIER_ENOMEM
 */
CLAUSIER_API int clausier_terms_write(const clausier_terms *terms,
                                      enum clausier_terms_format format,
                                      clausier_sink *sink, void *user);

/** Frees a text that this library handed out. */
CLAUSIER_API void clausier_text_free(char *text);

/** One sentence in English for a CLAUSIER_E* code; static storage. */
CLAUSIER_API const char *clausier_error_text(int code);

/** The library's version, as CLAUSIER_VERSION was when it was compiled. */
CLAUSIER_API const char *clausier_version(void);

#ifdef __cplusplus
}
#endif

#endif
