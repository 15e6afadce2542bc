passerelle.put("names-c",{"ini-7dafvplc":[null,"Gaspé Winter Table"]});
