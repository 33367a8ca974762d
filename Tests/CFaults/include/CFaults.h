// Nothing to call: CFaults is loaded with LD_PRELOAD into the process to be
// killed and steered by its environment, as CFaults.c says. SwiftPM wants a
// header.
#ifndef CFAULTS_H
#define CFAULTS_H
#endif
