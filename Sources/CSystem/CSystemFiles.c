#include "CSystemFiles.h"
