#include "CSystemProcess.h"
