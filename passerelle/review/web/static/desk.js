// What the desk adds to pages that work without it.
"use strict";
