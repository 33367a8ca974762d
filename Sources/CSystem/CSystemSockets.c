#include "CSystemSockets.h"
