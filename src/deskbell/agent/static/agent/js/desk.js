// The desk's own elements; everything shared is in ui/js.
import "./queue.js";
import "./ticket.js";
import "./pickers.js";
