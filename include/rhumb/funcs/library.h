// The function library: sprig's functions as Helm keeps them, and Helm's own. One file per family; each family's table
// stands at the end of its file.
#pragma once

#include "rhumb/gotmpl/function_table.h"

namespace rhumb::funcs {

/// Everything a template of Helm 4.3.1 can call, Go's builtins included; with `helm3`, of Helm 3.22.
/// Built on first use, then shared.
const gotmpl::Library& library(bool helm3 = false);

/// What sprig alone brings (sprig.TxtFuncMap): with env and expandenv, without Helm's own. For --name-template.
const gotmpl::Library& sprig_library();

}  // namespace rhumb::funcs
