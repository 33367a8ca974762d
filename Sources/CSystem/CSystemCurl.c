#include "CSystemCurl.h"
