/* Puts values into the JSON library's hands and its texts into ours. */
#include "json.h"

json_t *json_of_span(struct span text)
{
    return json_stringn(text.len ? text.at : "", text.len);
}

json_t *json_of_lines(unsigned first, unsigned last)
{
    return first ? json_pack("[I,I]", (json_int_t)first, (json_int_t)last)
                 : json_null();
}

void json_put(bool *failed, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        *failed = true;
}

void json_push(bool *failed, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        *failed = true;
}

static int take(const char *bytes, size_t length, void *user)
{
    struct buf *out = user;

    buf_add(out, bytes, length);
    return out->failed ? -1 : 0;
}

void json_write(struct buf *out, const json_t *value, unsigned indent)
{
    size_t flags = indent ? JSON_INDENT(indent) : JSON_COMPACT;

    if (!value || json_dump_callback(value, take, out, flags) != 0)
        out->failed = true;
    buf_putc(out, '\n');
}
