// The cellar: what Swift cannot call by itself. No logic lives here.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#include "CSystemSockets.h"
#include "CSystemCurl.h"
#include "CSystemFiles.h"
#include "CSystemPeer.h"
#include "CSystemDigest.h"
#include "CSystemChild.h"
#include "CSystemProcess.h"
#include "CSystemTerminal.h"
#endif
