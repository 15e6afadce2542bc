passerelle.put("release",{"number":1,"as_of":"2026-11-20"});
