/* The one door for messages to people. */
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 512, SOURCE_MAX = 4096 };

/* A message is cut rather than allocated: saying that memory ran out must
 * not need memory. */
void diag_say(struct diag *diag, enum clausier_level level, struct place place,
              const char *code, const char *format, ...)
{
    char text[TEXT_MAX], source[SOURCE_MAX];
    clausier_message message = { level, diag->file,  place.line, place.column,
                                 code,  text,        NULL };
    va_list args;

    diag->count[level]++;
    if (!diag->report)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (place.source.len && place.source.len < sizeof source) {
        memcpy(source, place.source.at, place.source.len);
        source[place.source.len] = '\0';
        message.source = source;
    }
    diag->report(diag->user, &message);
}

unsigned diag_column(struct span text, size_t offset)
{
    unsigned column = 1;

    for (size_t i = 0; i < offset && i < text.len; i++)
        column += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    if (column > 1 && offset < text.len &&
        ((unsigned char)text.at[offset] & 0xC0) == 0x80)
        column--;
    return column;
}
