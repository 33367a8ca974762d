/* The callbacks that turn what llhttp finds into events. */
#include "CLLHTTP.h"

#if __has_include("/usr/share/llhttp/llhttp.c")

#define LLHTTP_STRICT_MODE 1
#include "llhttp.h"

struct listener {
    cllhttp_event event;
    void *context;
};

static int say(llhttp_t *parser, char kind, const char *at, size_t length) {
    struct listener *listener = parser->data;
    listener->event(listener->context, kind, (const uint8_t *)at, length);
    return 0;
}

static int on_method(llhttp_t *parser, const char *at, size_t length) {
    return say(parser, 'M', at, length);
}
static int on_url(llhttp_t *parser, const char *at, size_t length) {
    return say(parser, 'U', at, length);
}
static int on_name(llhttp_t *parser, const char *at, size_t length) {
    return say(parser, 'N', at, length);
}
static int on_value(llhttp_t *parser, const char *at, size_t length) {
    return say(parser, 'V', at, length);
}
static int on_value_end(llhttp_t *parser) { return say(parser, 'v', "", 0); }
static int on_head_end(llhttp_t *parser) { return say(parser, 'H', "", 0); }
static int on_body(llhttp_t *parser, const char *at, size_t length) {
    return say(parser, 'B', at, length);
}
static int on_end(llhttp_t *parser) {
    return say(parser, 'E', llhttp_should_keep_alive(parser) ? "1" : "0", 1);
}

int cllhttp_is_there(void) { return 1; }

int cllhttp_invalid_method(void) { return HPE_INVALID_METHOD; }

int cllhttp_parse(
    const uint8_t *bytes, size_t count, size_t piece, cllhttp_event event, void *context) {
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_method = on_method;
    settings.on_url = on_url;
    settings.on_header_field = on_name;
    settings.on_header_value = on_value;
    settings.on_header_value_complete = on_value_end;
    settings.on_headers_complete = on_head_end;
    settings.on_body = on_body;
    settings.on_message_complete = on_end;
    llhttp_t parser;
    llhttp_init(&parser, HTTP_REQUEST, &settings);
    struct listener listener = {event, context};
    parser.data = &listener;
    const char *next = (const char *)bytes;
    const char *end = next + count;
    while (next < end) {
        size_t left = (size_t)(end - next);
        size_t length = left < piece ? left : piece;
        llhttp_errno_t error = llhttp_execute(&parser, next, length);
        if (error == HPE_OK) {
            next += length;
        } else if (error == HPE_PAUSED_UPGRADE) {
            /* A server may ignore an Upgrade (RFC 9110 section 7.8), as ours does. */
            next = llhttp_get_error_pos(&parser);
            llhttp_resume_after_upgrade(&parser);
        } else {
            return (int)error;
        }
    }
    return 0;
}

#else

int cllhttp_is_there(void) { return 0; }
int cllhttp_invalid_method(void) { return 0; }
int cllhttp_parse(
    const uint8_t *bytes, size_t count, size_t piece, cllhttp_event event, void *context) {
    (void)bytes, (void)count, (void)piece, (void)event, (void)context;
    return 0;
}

#endif
