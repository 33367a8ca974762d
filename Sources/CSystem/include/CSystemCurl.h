#ifndef CSYSTEM_CURL_H
#define CSYSTEM_CURL_H
#endif
