#include "CSystemCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// libcurl's own names, as function pointers.
static struct {
    CURLcode (*global_init)(long);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *);
    CURLMcode (*multi_add_handle)(CURLM *, CURL *);
    CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
    CURLMcode (*multi_perform)(CURLM *, int *);
    CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned, int, int *);
    CURLMcode (*multi_wakeup)(CURLM *);
    CURLMsg *(*multi_info_read)(CURLM *, int *);
} curl;

static const char *load_error;

static int find(void *library, const char *name, void *slot) {
    void *symbol = dlsym(library, name);
    *(void **)slot = symbol;
    return symbol != NULL;
}

static void load(void) {
    static const char *const names[] = {
        "libcurl.so.4", "libcurl-gnutls.so.4", "/usr/lib/libcurl.4.dylib", "libcurl.4.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        load_error = "libcurl is not installed (Debian: apt-get install libcurl4)";
        return;
    }
#define FIND(name) find(library, "curl_" #name, &curl.name)
    int found = FIND(global_init) && FIND(easy_init) && FIND(easy_cleanup) && FIND(easy_setopt)
        && FIND(easy_getinfo) && FIND(slist_append) && FIND(slist_free_all) && FIND(multi_init)
        && FIND(multi_cleanup) && FIND(multi_add_handle) && FIND(multi_remove_handle)
        && FIND(multi_perform) && FIND(multi_poll) && FIND(multi_wakeup)
        && FIND(multi_info_read);
#undef FIND
    if (!found) load_error = "libcurl is older than 7.68";
    else if (curl.global_init(CURL_GLOBAL_ALL) != CURLE_OK) load_error = "libcurl does not start";
}

const char *csystem_curl_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return load_error;
}

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    char *body;
    size_t body_size;
    uint64_t id;
};

// Not optimised away, as a memset before free may be.
static void wipe(void *bytes, size_t size) {
    for (volatile char *at = bytes; size > 0; size--) *at++ = 0;
}

// libcurl before 8.13 leaves its sockets open in child processes.
static int close_on_exec(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context;
    (void)purpose;
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    return CURL_SOCKOPT_OK;
}

void *csystem_curl_multi(void) { return curl.multi_init(); }

void csystem_curl_multi_free(void *multi) { curl.multi_cleanup(multi); }

static void free_transfer(struct transfer *transfer) {
    if (transfer->easy) curl.easy_cleanup(transfer->easy);
    for (struct curl_slist *line = transfer->headers; line; line = line->next)
        wipe(line->data, strlen(line->data));
    if (transfer->headers) curl.slist_free_all(transfer->headers);
    if (transfer->body) wipe(transfer->body, transfer->body_size);
    free(transfer->body);
    free(transfer);
}

static int set_options(struct transfer *transfer, const struct csystem_curl_request *request) {
    CURL *easy = transfer->easy;
    int failed = 0;
#define SET(option, value) failed |= curl.easy_setopt(easy, option, value) != CURLE_OK
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_USERAGENT, request->user_agent);
    SET(CURLOPT_HTTPHEADER, transfer->headers);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout_ms);
    SET(CURLOPT_TIMEOUT_MS, request->total_timeout_ms);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_WRITEFUNCTION, request->on_body);
    SET(CURLOPT_WRITEDATA, request->context);
    SET(CURLOPT_HEADERFUNCTION, request->on_header);
    SET(CURLOPT_HEADERDATA, request->context);
    SET(CURLOPT_SOCKOPTFUNCTION, close_on_exec);
    SET(CURLOPT_PRIVATE, transfer);
    if (request->without_proxy) SET(CURLOPT_NOPROXY, "*");
    if (transfer->body) {
        SET(CURLOPT_POSTFIELDSIZE, (long)transfer->body_size);
        SET(CURLOPT_POSTFIELDS, transfer->body);
    }
#undef SET
    // HTTP/2 where it is offered; a libcurl without it speaks HTTP/1.1.
    curl.easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    return failed;
}

static int append(struct transfer *transfer, const char *line) {
    struct curl_slist *longer = curl.slist_append(transfer->headers, line);
    if (longer) transfer->headers = longer;
    return longer == NULL;
}

static int append_bearer(struct transfer *transfer, const char *bearer, size_t size) {
    static const char name[] = "Authorization: Bearer ";
    size_t length = sizeof name - 1 + size;
    char *line = malloc(length + 1);
    if (!line) return 1;
    memcpy(line, name, sizeof name - 1);
    memcpy(line + sizeof name - 1, bearer, size);
    line[length] = 0;
    int failed = append(transfer, line);
    wipe(line, length);
    free(line);
    return failed;
}

static int copy_body(struct transfer *transfer, const char *body, size_t size) {
    transfer->body = malloc(size + 1);
    if (!transfer->body) return 1;
    memcpy(transfer->body, body, size);
    transfer->body_size = size;
    return 0;
}

void *csystem_curl_start(void *multi, const struct csystem_curl_request *request) {
    struct transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return NULL;
    transfer->id = request->id;
    transfer->easy = curl.easy_init();
    int failed = transfer->easy == NULL;
    for (const char *const *line = request->headers; *line && !failed; line++)
        failed = append(transfer, *line);
    if (!failed && request->bearer)
        failed = append_bearer(transfer, request->bearer, request->bearer_size);
    if (!failed && request->body) failed = copy_body(transfer, request->body, request->body_size);
    if (!failed) failed = set_options(transfer, request);
    if (!failed) failed = curl.multi_add_handle(multi, transfer->easy) != CURLM_OK;
    if (!failed) return transfer;
    free_transfer(transfer);
    return NULL;
}

void csystem_curl_finish(void *multi, void *opaque) {
    struct transfer *transfer = opaque;
    curl.multi_remove_handle(multi, transfer->easy);
    free_transfer(transfer);
}

long csystem_curl_request_size(void *opaque) {
    struct transfer *transfer = opaque;
    long size = 0;
    curl.easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &size);
    return size;
}

int csystem_curl_perform(void *multi) {
    int running;
    return curl.multi_perform(multi, &running);
}

int csystem_curl_wait(void *multi, int timeout_ms) {
    return curl.multi_poll(multi, NULL, 0, timeout_ms, NULL);
}

void csystem_curl_wake(void *multi) { curl.multi_wakeup(multi); }

int csystem_curl_next(void *multi, struct csystem_curl_result *result) {
    int left;
    CURLMsg *message;
    while ((message = curl.multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        struct transfer *transfer = NULL;
        curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        result->id = transfer->id;
        result->code = message->data.result;
        result->status = 0;
        curl.easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &result->status);
        result->request_size = csystem_curl_request_size(transfer);
        return 1;
    }
    return 0;
}
