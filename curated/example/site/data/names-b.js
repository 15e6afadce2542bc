passerelle.put("names-b",{"ini-nv6il6ob":[null,"Two Chairs, One Table"]});
