/* Writes differences as JSON Lines: one record per line, for programs. */
#include "records.h"

#include "json.h"

static json_t *unit_of(const struct unit *unit)
{
    struct buf role = { 0 };
    json_t *object = json_object();
    bool failed = !object;

    unit_put_role(&role, unit);
    json_put(&failed, object, "eId", json_of_span(span_of(unit->eid)));
    json_put(&failed, object, "role", json_of_span(buf_span(&role)));
    json_put(&failed, object, "label", json_of_span(unit->label));
    json_put(&failed, object, "lines",
             json_of_lines(unit->first_line, unit->last_line));
    json_put(&failed, object, "text", json_of_span(unit->text));
    failed |= role.failed;
    buf_free(&role);
    if (failed)
        json_decref(object);
    return failed ? NULL : object;
}

/* The units of the place, and which part of the first one's text is meant. */
static json_t *place_of(const clausier_alignment *a,
                        const struct diff_place *place)
{
    const struct version *version = &a->versions[place->version];
    json_t *object = json_object(), *units = json_array();
    bool failed = !object || !units;

    for (unsigned u = place->unit; u < place->unit_end; u++)
        json_push(&failed, units, unit_of(&version->units.at[u]));
    json_put(&failed, object, "version",
             json_integer((json_int_t)place->version + 1));
    json_put(&failed, object, "file", json_of_span(span_of(version->file)));
    json_put(&failed, object, "language",
             json_of_span(span_of(version->units.tag)));
    if (place->value.len)
        json_put(&failed, object, "value", json_of_span(place->value));
    if (place->start < place->end)
        json_put(&failed, object, "surface",
                 json_of_span(diff_text(&a->diffs, place)));
    json_put(&failed, object, "units", units);
    if (failed)
        json_decref(object);
    return failed ? NULL : object;
}

static json_t *record_of(const clausier_alignment *a, const struct diff *d)
{
    json_t *object = json_object(), *places = json_array();
    bool failed = !object || !places;

    json_put(&failed, object, "id", json_of_span(span_of(d->id)));
    json_put(&failed, object, "level",
             json_of_span(span_of(diff_level_name(d->level))));
    json_put(&failed, object, "code",
             json_of_span(span_of(diff_code_name(d->code))));
    if (d->type < FACT_TYPES)
        json_put(&failed, object, "type",
                 json_of_span(span_of(fact_name((enum fact_type)d->type))));
    json_put(&failed, object, "part",
             json_of_span(bead_part(&a->beads, d->bead)->name));
    json_put(&failed, object, "clause",
             json_of_span(bead_unit(&a->beads, d->bead)->clause));
    json_put(&failed, object, "reason", json_of_span(d->reason));
    for (size_t i = 0; i < d->place_count; i++)
        json_push(&failed, places, place_of(a, &d->places[i]));
    json_put(&failed, object, "places", places);
    if (failed)
        json_decref(object);
    return failed ? NULL : object;
}

bool records_write(struct buf *out, const clausier_alignment *a)
{
    for (size_t i = 0; i < a->diffs.count && !out->failed; i++) {
        json_t *record;

        if (a->diffs.at[i].hidden)
            continue;
        record = record_of(a, &a->diffs.at[i]);
        json_write(out, record, 0);
        json_decref(record);
    }
    return !out->failed;
}
