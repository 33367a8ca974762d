/* llhttp's http.c, in its strict mode, where it is installed. */
#if __has_include("/usr/share/llhttp/http.c")
#pragma clang diagnostic ignored "-Weverything"
#define LLHTTP_STRICT_MODE 1
#include "/usr/share/llhttp/http.c"
#endif
