/* llhttp, the HTTP parser of Node.js, in its strict mode: the second opinion
   of the differential test. Its sources come from Debian's package node-llhttp
   and are compiled where they stand; where they are not installed, this target
   still builds and says so. */
#ifndef CLLHTTP_H
#define CLLHTTP_H

#include <stddef.h>
#include <stdint.h>

/* 1 when llhttp was there at compile time. */
int cllhttp_is_there(void);

/* Kinds of event; a text may come in several pieces, one event each.
   'M' method  'U' target  'N' field name  'V' field value  'v' value ends
   'H' head ends  'B' body  'E' message ends; the byte says whether the
   connection persists ('1') or not ('0'). */
typedef void (*cllhttp_event)(void *context, char kind, const uint8_t *bytes, size_t count);

/* Parses `count` bytes as requests, fed in pieces of `piece`. Answers llhttp's
   error number, 0 when it wants more or is content. */
int cllhttp_parse(
    const uint8_t *bytes, size_t count, size_t piece, cllhttp_event event, void *context);

/* HPE_INVALID_METHOD: it knows a list of methods, where a method is any token. */
int cllhttp_invalid_method(void);

#endif
