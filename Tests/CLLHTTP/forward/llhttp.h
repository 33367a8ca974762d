/* The header's own name, as llhttp's sources ask for it. */
#include "/usr/share/include/llhttp/llhttp.h"
