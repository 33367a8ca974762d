#ifndef CSYSTEM_FILES_H
#define CSYSTEM_FILES_H
#endif
