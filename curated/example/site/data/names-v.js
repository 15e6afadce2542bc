passerelle.put("names-v",{"ini-dqgr5kxv":[null,"Welcome Desk Chomedey"]});
